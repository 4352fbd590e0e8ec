"""What identifies a work."""

import pytest

from comity.newsletter.finding.identifiers import arxiv_of, doi_of


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3306618.3314229", "10.1145/3306618.3314229"),
        ("https://doi.org/10.1000/A_b(c)", "10.1000/a_b(c)"),
        ("DOI: 10.1000/x.", "10.1000/x"),
        ("see http://dx.doi.org/10.5555/12 for more", "10.5555/12"),
        ("10.1/too-short", ""),
        ("", ""),
    ],
)
def test_dois(text, doi):
    assert doi_of(text) == doi


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2101.00001", "2101.00001"),
        ("2101.00001v12", "2101.00001"),
        ("https://arxiv.org/pdf/2101.00001v2", "2101.00001"),
        ("http://arxiv.org/abs/math.GT/0309136", "math.gt/0309136"),
        ("arXiv:hep-th/9901001", "hep-th/9901001"),
        ("10.48550/arXiv.2202.00002", "2202.00002"),
        ("pages 2101.00001", ""),
        ("https://example.org/2101.00001", ""),
    ],
)
def test_arxiv_ids(text, arxiv):
    assert arxiv_of(text) == arxiv
