"""`comity newsletter key`: make the key that signs mails, and print the record to publish."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli._extras import needing
from comity.cli.newsletter.app import Folder, newsletter

if TYPE_CHECKING:
    from comity.newsletter.delivery.signing import Signer


@newsletter.command()
def key(
    domain: Annotated[
        str, typer.Option(help="Domain that vouches; that of the sender unless given.")
    ] = "",
    selector: Annotated[str, typer.Option(help="Name of the key among those of the domain.")] = "",
    kind: Annotated[
        str, typer.Option(help="rsa, which all know, or ed25519, which is short.")
    ] = "rsa",
    folder: Folder = ".",
) -> None:
    """Make the DKIM key of a publication if it has none, and print its DNS record.

    A key that is there is never overwritten: another selector makes another key.
    """
    with needing("newsletter"):
        from comity.core.errors import InputError
        from comity.newsletter.delivery.keys import FOLDER, refuse_if_shared, write_private
        from comity.newsletter.delivery.signing import Signer, make_key
        from comity.newsletter.publication.reading import read_publication

    post = read_publication(folder).post
    name = selector or post.dkim_selector or "comity"
    vouching = domain or post.dkim_domain or post.sender.rpartition("@")[2]
    if not vouching:
        raise InputError("no domain", place="--domain", expected="the domain of the sender")
    if not all(part.isalnum() for part in name.replace("-", "").split(".")):
        raise InputError("not the name of a key", place="--selector", found=name)
    kept = post.dkim_key_file if name == post.dkim_selector else ""
    place = Path(kept or f"{FOLDER}/dkim-{name}.pem")
    path = Path(folder) / place
    if path.exists():
        refuse_if_shared(path)
    else:
        write_private(path, make_key(kind))
        typer.echo(f"made {path}\n", err=True)
    _tell(Signer(vouching, name, path.read_bytes()), place)


def _tell(signer: Signer, place: Path) -> None:
    """Print the record as a zone file has it, and the settings that use the key."""
    from comity.newsletter.delivery.setup import strings

    host, text = signer.record
    typer.echo(f"{host}. IN TXT {strings(text)}")
    typer.echo(
        "\nOnce the record is published, publication.toml needs:\n\n[post]\n"
        f'dkim_domain = "{signer.domain}"\n'
        f'dkim_selector = "{signer.selector}"\n'
        f'dkim_key_file = "{place.as_posix()}"',
        err=True,
    )
