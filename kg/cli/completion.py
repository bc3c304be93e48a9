"""`kg completion`: the script with which a shell completes commands, options and concepts."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_VARIABLE = "_KG_COMPLETE"


@click.command(name="completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    r"""Write the script that completes `kg` in a shell, names of concepts included.

    \b
    bash: eval "$(kg completion bash)"       in ~/.bashrc
    zsh:  eval "$(kg completion zsh)"        in ~/.zshrc
    fish: kg completion fish | source        in ~/.config/fish/config.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    root = ctx.find_root()
    click.echo(found(root.command, {}, "kg", _VARIABLE).source())
    return 0
