"""From a graph and what was asked of it to a finished picture."""

from __future__ import annotations

from kg.explain.model import Explanation
from kg.export.figure.asset import read_asset
from kg.export.figure.course import Course
from kg.export.figure.course_draw import draw_course
from kg.export.figure.draw import draw_figure
from kg.export.figure.foot import Sheet
from kg.export.figure.marks import Marker
from kg.export.figure.shelf import asset_file
from kg.export.picture import Picture
from kg.view import View

__all__ = ["make_course", "make_figure"]


def make_figure(
    view: View, asset: str | None, explanation: Explanation | None, concept: str | None
) -> Picture:
    """Draw an asset for an explanation, for a concept, or as it is.

    Args:
        view: the graph.
        asset: name or file of the picture; the first one of the graph without it.
        explanation: what to mark; or
        concept: the id of what to mark.

    Raises:
        BadInput: the asset cannot be used, or nothing in it shows the concept.
        MissingFile: the asset is not there.
    """
    picture = read_asset(asset_file(asset))
    marker = Marker(view, picture.concepts)
    if explanation is not None:
        marks = marker.explanation(explanation)
        sheet = Sheet.of(explanation, marks.heading)
    elif concept is not None:
        marks = marker.concept(concept)
        sheet = Sheet(marks.heading)
    else:
        marks = marker.nothing()
        sheet = Sheet(picture.title)
    return Picture(sheet.title, lambda theme: draw_figure(picture, view, marks, sheet, theme))


def make_course(view: View, explanation: Explanation | None, concept: str | None) -> Picture:
    """Draw an ordered course for an explanation, for a concept, or as it is.

    Args:
        view: the graph.
        explanation: what to mark; or
        concept: the id of what to mark.

    Raises:
        BadInput: the graph holds no ordered course, or none leads to the concept.
    """
    course = Course(view)
    if explanation is not None:
        plan = course.explanation(explanation)
        sheet = Sheet.of(explanation, plan.heading)
    elif concept is not None:
        plan = course.concept(concept)
        sheet = Sheet(plan.heading)
    else:
        plan = course.plain()
        sheet = Sheet(plan.heading)
    return Picture(plan.heading, lambda theme: draw_course(plan, sheet, theme))
