"""What is taken from the theme's pages, and what is not."""

import pytest

from web.pages import light
from web.styles import text

HEAD = """<html><head>
<meta name="viewport" content="width=device-width, initial-scale=1.0" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<!-- a remark -->
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="stylesheet" type="text/css" href="../_static/book.css?v=1" />
<link rel="preload" as="script" href="../_static/scripts/bootstrap.js?digest=1" />
<script defer src="../_static/scripts/fontawesome.js?digest=1"></script>
<script src="../_static/documentation_options.js"></script>
<script src="../_static/doctools.js"></script>
<script src="../searchindex.js"></script>
</head>"""


def lightened(body="", head=HEAD, **context):
    sheets = []
    return light(f"{head}<body>{body}</body></html>", context, sheets), sheets


def test_a_page_links_to_the_one_style_sheet_and_its_own_are_noted_once_in_order():
    page, sheets = lightened()
    assert sheets == ["_static/styles/theme.css", "_static/book.css"]
    assert page.count('rel="stylesheet"') == 1
    assert '<link rel="stylesheet" href="../_static/site.css" />' in page
    light(page.replace("site.css", "new.css"), {}, sheets)
    assert sheets == ["_static/styles/theme.css", "_static/book.css", "_static/new.css"]


def test_what_no_page_needs_is_gone():
    page, _ = lightened()
    for gone in ("fontawesome", "preload", "<!--", "searchindex"):
        assert gone not in page
    assert page.count('name="viewport"') == 1
    assert "searchindex" in lightened(pagename="search")[0]


def test_scripts_wait_but_for_the_options_that_others_rely_on():
    page, _ = lightened()
    assert '<script defer src="../_static/doctools.js"></script>' in page
    assert '<script src="../_static/documentation_options.js"></script>' in page


def test_icons_are_the_books_own_and_keep_what_the_theme_knows_them_by():
    page, _ = lightened('<i class="theme-switch fa-solid fa-sun fa-lg" data-mode="light"></i>')
    assert '<i class="icon theme-switch icon-sun" data-mode="light"></i>' in page


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('<button aria-label="Search">Search <kbd>K</kbd></button>', False),
        ('<button aria-label="Search the book"><i></i> Search the book</button>', True),
        ('<button class="a" aria-label="Menu"><i></i></button>', True),
        ('<summary aria-label="Toggle">Show more</summary>', False),
    ],
)
def test_a_spoken_name_holds_the_words_that_are_seen(given, kept):
    page, _ = lightened(given)
    assert ("aria-label" in page) is kept


def test_a_page_is_described_by_its_first_words_and_a_description_of_its_own_is_kept():
    words = "many words &amp; " * 40
    page = light(f"{HEAD}<body></body>", {"body": f"<h1>T</h1><p>First <b>and</b> {words}</p>"}, [])
    description = page.split('name="description" content="')[1].split('"')[0]
    assert description.startswith("First and many words &amp; many")
    assert 100 < len(description.replace("&amp;", "&")) <= 155
    own = HEAD.replace("</head>", '<meta name="description" content="own" /></head>')
    assert light(own, {}, []).count('name="description"') == 1


def test_what_is_no_page_is_left_as_it_is():
    assert light('<meta http-equiv="Refresh" content="0" />', {}, []) == '<meta http-equiv="Refresh" content="0" />'


def test_addresses_in_a_style_sheet_hold_where_the_one_sheet_lies(tmp_path):
    (tmp_path / "_static" / "styles").mkdir(parents=True)
    (tmp_path / "_static" / "basic.css").write_text("a { b: url(file.png) }")
    sheet = tmp_path / "_static" / "styles" / "theme.css"
    sheet.write_text('@import "../basic.css"; c { d: url("x.png") url(data:y) }')
    said = text(sheet, tmp_path)
    assert "@import" not in said
    assert "url(data:y)" in said
    assert 'url("styles/x.png")' in said
    assert "url(file.png)" in said


@pytest.mark.parametrize(
    ("printed", "kept"), [("Tanh     100%\nReLU  98%", True), ("a whole sentence of words", False)]
)
def test_what_is_printed_in_columns_keeps_its_lines(printed, kept):
    output = f'<div class="output stream"><div class="highlight"><pre><span></span>{printed}</pre></div></div>'
    page, _ = lightened(output)
    assert ('<pre class="mlpkit-columns">' in page) == kept
    assert printed in page
