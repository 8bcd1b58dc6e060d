"""From an executed notebook to a self-contained page, by nbconvert and the template in template/."""

from __future__ import annotations

import html
import json
import re
import secrets
from pathlib import Path

import nbconvert
from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config

HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)


def scope_svg_ids(svg: str, prefix: str) -> str:
    """Gives the ids inside an SVG a prefix: two charts on one page must not share the id of a clip path."""
    ids = set(re.findall(r'\sid="([^"]+)"', svg))
    if not ids:
        return svg

    def renamed(name: str) -> str:
        return f"{prefix}-{name}" if name in ids else name

    svg = re.sub(r'(\sid=")([^"]+)"', lambda m: f'{m[1]}{renamed(m[2])}"', svg)
    svg = re.sub(r"url\((['\"]?)#([^)'\"]+)\1\)", lambda m: f"url(#{renamed(m[2])})", svg)
    svg = re.sub(r'((?:xlink:)?href=")#([^"]+)"', lambda m: f'{m[1]}#{renamed(m[2])}"', svg)
    return re.sub(
        r'(aria-(?:labelledby|describedby)=")([^"]+)"',
        lambda m: m[1] + " ".join(renamed(name) for name in m[2].split()) + '"',
        svg,
    )


def plain(markdown: str) -> str:
    """A line of Markdown as plain text."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"<[^>]+>", "", text)
    text = re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", text)
    return html.unescape(re.sub(r"\s+", " ", text)).strip()


def title_and_lead(nb: NotebookNode, fallback: str) -> tuple[str, str]:
    """The first heading of a notebook and the paragraph after it."""
    for cell in nb.cells:
        if cell.cell_type != "markdown":
            continue
        found = HEADING.search(cell.source)
        if not found:
            continue
        rest = cell.source[found.end() :]
        for block in re.split(r"\n\s*\n", rest):
            block = block.strip()
            if block and not re.match(r"^(#|\||[-*+] |\d+[.)] |<|>|```)", block):
                return plain(found[1]), plain(block)
        return plain(found[1]), ""
    return fallback, ""


class FormulaRenderer(IPythonRenderer):
    """Marks formulas, which finishPage.mjs turns into MathML; nbconvert's own leaves them for MathJax to find in the page."""

    def inline_math(self, body: str) -> str:
        return formula(body)

    def block_math(self, body: str) -> str:
        return formula(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)


def formula(tex: str, display: bool = False) -> str:
    """A formula as TeX, for the last step."""
    return f'<span class="{"formula display" if display else "formula"}">{html.escape(tex, quote=False)}</span>'


def latex_output(tex: str) -> str:
    """An output of type text/latex."""
    return formula(re.sub(r"^\s*(\$\$?)(.*)\1\s*$", r"\2", tex, flags=re.DOTALL), display=True)


class ReportExporter(HTMLExporter):
    """nbconvert's HTML exporter with our template, and what the template needs."""

    @pass_context
    def markdown2html(self, context, source):
        # As the method it replaces, but for the renderer.
        renderer = FormulaRenderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=self.embed_images,
            path=context.get("resources", {}).get("metadata", {}).get("path", ""),
            anchor_link_text=self.anchor_link_text,
            exclude_anchor_links=self.exclude_anchor_links,
            **self.lexer_options,
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def default_filters(self):
        yield from super().default_filters()
        yield "for_page", for_page
        yield "latex_output", latex_output


SVG = "image/svg+xml"

# What a figure can be besides its picture: the key in its data, and the MIME type of the output.
LIVE_FORMS = {
    "chart": "application/vnd.vegalite.v5+json",
    "narrow": "application/vnd.keras-primer.narrow+json",
    "playground": "application/vnd.keras-primer.playground+json",
    "text": "text/plain",
}


def figure_data(data: dict) -> str:
    """The live forms of an output as JSON that can lie in a script: nothing in it can end the script or begin a comment."""
    found = {key: data[mime] for key, mime in LIVE_FORMS.items() if mime in data}
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")


def strip_prolog(svg: str) -> str:
    """An SVG without XML declaration and doctype, which have no place inside a page."""
    return re.sub(r"^\s*(<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|\s)*", "", svg)


class Figures:
    """The figures of a notebook, kept out of nbconvert's way, which copies, checks and parses all it gets several times.

    In the notebook that nbconvert sees, and in the page that it makes, a mark stands for each figure.
    """

    def __init__(self, nb: NotebookNode) -> None:
        self.found: list[dict] = []
        self.secret = secrets.token_hex(8)  # no text of a notebook can look like a mark
        cells = [
            NotebookNode({**cell, "outputs": [self.light(output) for output in cell.outputs]})
            if cell.cell_type == "code"
            else cell
            for cell in nb.cells
        ]
        self.light_notebook = NotebookNode({**nb, "cells": cells})

    def light(self, output: NotebookNode) -> NotebookNode:
        data = output.get("data", {})
        if SVG not in data:
            return output
        self.found.append(data)
        # All types stay, since nbconvert chooses the one to show by them.
        marks = {mime: "" for mime in LIVE_FORMS.values() if mime in data}
        marks[SVG] = f"{self.secret}-{len(self.found)}"
        return NotebookNode({**output, "data": NotebookNode({**data, **marks})})

    def put_back(self, page: str) -> str:
        def figure(mark: re.Match[str]) -> str:
            number, part = int(mark[1]), mark[2]
            data = self.found[number - 1]
            return figure_data(data) if part == "data" else scope_svg_ids(strip_prolog(data[SVG]), f"svg{number}")

        return re.sub(rf"{self.secret}-(\d+)-(data|picture)", figure, page)


def for_page(fragment: str) -> str:
    """What the page adds to rendered HTML: tables and preformatted text scroll in boxes of their own, also by keyboard, so that a
    phone clips nothing; a link to another notebook leads to its report."""
    fragment = re.sub(
        r"<table\b.*?</table>", r'<div class="scroll" tabindex="0">\g<0></div>', fragment, flags=re.DOTALL
    )
    fragment = re.sub(r'(<a\s[^>]*href="(?![a-z]+:|/)[^"]*)\.ipynb(["#])', r"\1.html\2", fragment)
    return re.sub(r"<pre>", '<pre tabindex="0">', fragment)


def render(nb: NotebookNode, name: str, target: Path, template: str, folder_of_notebook: str) -> dict:
    """Writes the report; gives its title and its first lines."""
    title, lead = title_and_lead(nb, name)
    folder = Path(template)
    config = Config()
    config.HTMLExporter.extra_template_basedirs = [str(folder.parent)]
    config.HTMLExporter.template_name = folder.name
    config.HTMLExporter.exclude_anchor_links = True
    config.HTMLExporter.embed_images = True
    exporter = ReportExporter(config=config)
    facts = [*nb.metadata["keras_primer"]["facts"], ["nbconvert", nbconvert.__version__]]
    figures = Figures(nb)
    page, _ = exporter.from_notebook_node(
        figures.light_notebook,
        resources={
            "keras_primer": {
                "title": title,
                "lead": lead,
                "css": (folder / "report.css").read_text(encoding="utf-8"),
                "facts": facts,
                **{key: nb.metadata["keras_primer"][key] for key in ("failure", "sources", "seconds")},
            },
            "metadata": {"name": name, "path": folder_of_notebook},
        },
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.write_text(figures.put_back(page), encoding="utf-8")
    partial.replace(target)
    return {"title": title, "lead": lead}
