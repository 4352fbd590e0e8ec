import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.imap_folders import (
    Folder,
    choose,
    decode,
    encode,
    quoted,
    read_list,
)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("台北", "&U,BTFw-"),
        ("日本語", "&ZeVnLIqe-"),
        ("R&D", "R&-D"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("a\r\nb", "a&AA0ACg-b"),
        ("🦀", "&2D7dgA-"),
    ],
)
def test_names_in_modified_utf7(name, written):
    # The fourth is the example of RFC 3501, 5.1.3.
    assert (encode(name), decode(written)) == (written, name)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_comes_back(name):
    written = encode(name)
    assert written.isascii()
    assert written.isprintable()
    assert decode(written) == name


@pytest.mark.parametrize("written", ["&", "&!-", "&AA-", "&2D4-", "Büro"])
def test_what_is_no_modified_utf7_stays(written):
    assert decode(written) == written


ROWS = [
    b'(\\HasNoChildren) "." plus+slash',
    b'(\\Noselect \\HasChildren) "." Archive',
    b'(\\NonExistent) "/" Gone',
    b'(\\HasNoChildren) "." "B&APw-ro &- Post"',
    b'(\\HasNoChildren) "\\\\" "a \\"b\\" \\\\c"',
    b"() NIL INBOX",
    (b'(\\Marked) "/" {8}', b'x "y" z\\'),
    b"",
    None,
    b"what is this",
]


def test_a_list_of_folders():
    # The first, second and fourth row are what Dovecot 2.3 answered.
    assert read_list(ROWS) == [
        Folder("plus+slash", "."),
        Folder("B&APw-ro &- Post", "."),
        Folder('a "b" \\c', "\\"),
        Folder("INBOX", ""),
        Folder('x "y" z\\', "/"),
    ]


def test_the_folder_that_is_meant():
    folders = [Folder("A.b", "."), Folder("A.&U,BTFw-", "."), Folder("A/b", "")]
    assert choose("A/台北", folders) == choose("A.&U,BTFw-", folders) == folders[1]
    assert choose("A.b", folders) == folders[0]
    assert choose("A/b", folders) is None
    assert choose("a/台北", folders) is None


def test_quotation():
    assert quoted('a "b" \\c') == '"a \\"b\\" \\\\c"'
