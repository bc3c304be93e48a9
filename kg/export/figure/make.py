"""From a graph and what was asked of it to a finished picture."""

from __future__ import annotations

from dataclasses import replace

from kg.explain.model import Explanation
from kg.export.figure.asset import read_asset
from kg.export.figure.course import Course
from kg.export.figure.course_draw import draw_course
from kg.export.figure.draw import draw_figure
from kg.export.figure.foot import Sheet
from kg.export.figure.marks import Marker
from kg.export.figure.shelf import asset_file
from kg.export.picture import Picture
from kg.render.words import level_of
from kg.view import View


def make_figure(
    view: View,
    asset: str | None,
    explanation: Explanation | None,
    concept: str | None,
    level: str = "plain",
    labels: str = "all",
) -> Picture:
    """Draw an asset for an explanation, for a concept, or as it is.

    Args:
        view: the graph.
        asset: name or file of the picture; the first one of the graph without it.
        explanation: what to mark; or
        concept: the id of what to mark.
        level: "plain" or "clinical" names.
        labels: "none" writes no names beside the picture.

    Raises:
        BadInput: the asset cannot be used, or nothing in it shows the concept.
        MissingFile: the asset is not there.
    """
    picture, view = read_asset(asset_file(asset)), worded(view, level)
    marker = Marker(view, picture.concepts)
    if explanation is not None:
        marks = marker.explanation(explanation)
        sheet = Sheet.of(explanation, marks.heading, view)
    elif concept is not None:
        marks = marker.concept(concept)
        sheet = Sheet(marks.heading)
    else:
        marks = marker.nothing()
        sheet = Sheet(picture.title)
    named = None if labels == "none" else level
    return Picture(
        sheet.title, lambda theme: draw_figure(picture, view, marks, sheet, theme, named)
    )


def worded(view: View, level: str) -> View:
    """The view with the names of a level as its labels.

    Raises:
        BadInput: there is no such level.
    """
    if level_of(level) == "clinical":
        return view
    named = {n: c._replace(label=c.lay_label or c.label) for n, c in view.concepts.items()}
    return replace(view, concepts=named)


def make_course(
    view: View,
    explanation: Explanation | None,
    concept: str | None,
    level: str = "plain",
    labels: str = "all",
) -> Picture:
    """Draw an ordered course for an explanation, for a concept, or as it is.

    Args:
        view: the graph.
        explanation: what to mark; or
        concept: the id of what to mark.
        level: "plain" or "clinical" names.
        labels: "none" leaves out the names of what is on the course.

    Raises:
        BadInput: the graph holds no ordered course, or none leads to the concept.
    """
    view = worded(view, level)
    course = Course(view)
    if explanation is not None:
        plan = course.explanation(explanation)
        sheet = Sheet.of(explanation, plan.heading, view)
    elif concept is not None:
        plan = course.concept(concept)
        sheet = Sheet(plan.heading)
    else:
        plan = course.plain()
        sheet = Sheet(plan.heading)
    named = labels != "none"
    return Picture(plan.heading, lambda theme: draw_course(plan, sheet, theme, named))
