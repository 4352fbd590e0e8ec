"""BibTeX: fields, names, versions, and every block that is no reference."""

import pytest
from bibtexparser import Library, write_string
from bibtexparser.middlewares import AddEnclosingMiddleware, LatexEncodingMiddleware
from bibtexparser.model import Entry, Field
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.importing.bibtex import read_bibtex
from comity.newsletter.model.faults import Kind

FILE = r"""@string{jod = "Journal of Deals"}
% a comment
@Article{one,
  title = {The {Nash} Program: {\"U}ber Verhandlungen},
  author = {M{\"u}ller, J{\"o}rg and {Ministry of Health and Care}},
  journal = jod # { B},
  year = 2020,
  doi = {https://doi.org/10.1000/ABC},
  url = {https://a.example/x\_y},
  abstract = "On {deals}.",
  archivePrefix = {arXiv}, eprint = {2001.00001v2}
}
@misc{two, title={A preprint}, author={Ana}, journal={arXiv preprint arXiv:2002.00002}, year={2020}}
@phdthesis{three, title={A thesis}, school={ETH}, date={2019-05-01}}
"""


def test_what_a_file_says():
    reading = read_bibtex(FILE, "deals.bib")
    assert reading.faults == ()
    one, two, three = reading.proposals
    assert one.title == "The Nash Program: Über Verhandlungen"
    assert one.authors == "Jörg Müller, Ministry of Health and Care"
    assert (one.venue, one.year) == ("Journal of Deals B", "2020")
    assert one.url == "https://a.example/x_y"
    assert one.abstract == "On deals."
    assert one.place == "deals.bib: line 3"
    told = [(v.kind, v.doi, v.arxiv, v.venue) for v in one.versions]
    assert told == [
        ("preprint", "", "2001.00001", "arXiv"),
        ("published", "10.1000/abc", "", "Journal of Deals B"),
    ]
    assert two.url == "https://arxiv.org/abs/2002.00002"
    assert [v.kind for v in two.versions] == ["preprint"]
    assert (three.venue, three.year) == ("ETH", "2019")
    assert [v.kind for v in three.versions] == ["thesis"]


BROKEN = """@article{a, title={First}, title={Other}, year={2001}}
@article{a, title={Again}}
what is this
@article{b, title={no end
@misc{c, title="fine"}
@misc{d, author={Nobody}}
"""


def test_nothing_is_dropped_quietly():
    reading = read_bibtex(BROKEN, "x.bib")
    assert [one.title for one in reading.proposals] == ["First", "Again", "fine"]
    assert reading.proposals[0].year == "2001"
    told = [(fault.place, fault.kind) for fault in reading.faults]
    assert told == [
        ("x.bib: line 1", Kind.BAD_MARKUP),
        ("x.bib: line 3", Kind.BAD_MARKUP),
        ("x.bib: line 4", Kind.BAD_MARKUP),
        ("x.bib: line 6", Kind.NO_TITLE),
    ]


def test_one_key_for_two_references_keeps_both():
    text = '@misc{k, title={One}}\n@misc{k, title = "Two"}\n'
    reading = read_bibtex(text)
    assert [one.title for one in reading.proposals] == ["One", "Two"]
    (fault,) = reading.faults
    assert fault.place == "line 2"
    assert "k" in fault.reason


@given(
    st.lists(
        st.text("abcÄéñøßŁž Zü", min_size=1).filter(lambda t: t.strip()), min_size=1, max_size=4
    )
)
def test_what_the_library_writes_with_accents_is_read_back(titles):
    entries = [
        Entry("misc", f"k{n}", [Field("title", " ".join(title.split()))])
        for n, title in enumerate(titles)
    ]
    steps = [
        LatexEncodingMiddleware(),
        AddEnclosingMiddleware(
            reuse_previous_enclosing=False, default_enclosing="{", enclose_integers=True
        ),
    ]
    text = write_string(Library(entries), unparse_stack=steps)
    reading = read_bibtex(text)
    assert [one.title for one in reading.proposals] == [" ".join(t.split()) for t in titles]


@pytest.mark.parametrize(
    "text",
    [
        "@article{a,title={" + "{" * 100_000,
        "@" * 100_000,
        '@article{a,t="' + '"' * 100_000,
        "@article{a," + "x=" * 100_000 + "}",
        "@string{a = a # a}@misc{k, title = a # a}",
        "@string{a0 = {xxxxxxxx}}"
        + "".join(f"@string{{a{k + 1} = a{k} # a{k}}}" for k in range(99))
        + "@misc{k, title = a99}",
        "@misc{k, title = {\x00\ud800<script>alert(1)</script>}}",
    ],
)
def test_hostile_text_gives_proposals_or_faults(text):
    reading = read_bibtex(text)
    assert reading.proposals or reading.faults
    for one in reading.proposals:
        one.title.encode()
