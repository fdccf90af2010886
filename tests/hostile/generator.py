"""Files that no person makes: each is made when it is wanted, so that none lies about.

A case gives the bytes of a file that must be refused in one sentence. `size` counts what there is too much
of; without it a case is as large as its kind allows. What the files hold is plain and does no harm by itself.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, product

from nodegraph.formats import png
from nodegraph.formats.pictures import gif, webp

Maker = Callable[[int], bytes]

HEAD = b'{"directed":true,"multigraph":true,"graph":{"format":"nodegraph","version":1%b},"nodes":['
EMPTY = '{"graph":{"format":"nodegraph","version":1%s},"nodes":[],"edges":[]}'


@dataclass(frozen=True)
class Case:
    """A kind of file: how it is made, how large it is at full size, and how small in the suite."""

    make: Maker
    full: int
    small: int


DOCUMENTS: dict[str, Case] = {}
PICTURES: dict[str, Case] = {}
TABLES: dict[str, Case] = {}
LESSONS: dict[str, Case] = {}
FORMULAS: dict[str, Case] = {}
NETWORKS: dict[str, Case] = {}
SHELVES = {
    "document": DOCUMENTS,
    "picture": PICTURES,
    "table": TABLES,
    "lesson": LESSONS,
    "formula": FORMULAS,
    "network": NETWORKS,
}


def case(shelf: dict[str, Case], full: int, small: int) -> Callable[[Maker], Maker]:
    """Put a maker on its shelf, by its name."""

    def keep(make: Maker) -> Maker:
        shelf[make.__name__] = Case(make, full, small)
        return make

    return keep


# --- documents
def document(nodes: Iterable[bytes], edges: Iterable[bytes], properties: bytes = b"") -> bytes:
    return HEAD % properties + b",".join(nodes) + b'],"edges":[' + b",".join(edges) + b"]}"


def with_property(text: str) -> bytes:
    return (EMPTY % f",{text}").encode()


def inputs(count: int) -> Iterable[bytes]:
    return (b'{"id":"n%d","op":"input","value":1.0}' % i for i in range(count))


def tanhs(count: int) -> Iterable[bytes]:
    return (b'{"id":"n%d","op":"tanh"}' % i for i in range(count))


def edge(source: int, target: int, port: int = 0) -> bytes:
    return b'{"source":"n%d","target":"n%d","key":%d}' % (source, target, port)


@case(DOCUMENTS, 1_000_000, 210_000)
def many_nodes(size: int) -> bytes:
    return document(inputs(size), [])


@case(DOCUMENTS, 1_000_000, 410_000)
def many_edges(size: int) -> bytes:
    nodes = (b'{"id":"n0","op":"input","value":1}', b'{"id":"n1","op":"add"}')
    return document(nodes, (edge(0, 1, port) for port in range(size)))


@case(DOCUMENTS, 1_000_000, 20_000)
def many_ports_of_one_node(size: int) -> bytes:
    nodes = (b'{"id":"n0","op":"input","value":1}', b'{"id":"n1","op":"add"}')
    return document(nodes, (edge(0, 1, port) for port in range(min(size, 300_000))))


@case(DOCUMENTS, 150_000, 300)
def a_long_cycle(size: int) -> bytes:
    return document(tanhs(size), (edge(i, (i + 1) % size) for i in range(size)))


@case(DOCUMENTS, 75_000, 300)
def many_short_cycles(size: int) -> bytes:
    return document(tanhs(2 * size), (edge(i, i ^ 1) for i in range(2 * size)))


@case(DOCUMENTS, 150_000, 300)
def a_chain_that_ends_in_a_cycle(size: int) -> bytes:
    chain = [edge(i, i + 1) for i in range(size - 1)]
    return document((*tanhs(size), b'{"id":"n%d","op":"add"}' % size), [*chain, edge(size, size)])


@case(DOCUMENTS, 150_000, 300)
def a_wrong_number_at_the_end(size: int) -> bytes:
    return document((*inputs(size), b'{"id":"last","op":"input","value":"two"}'), [])


@case(DOCUMENTS, 150_000, 300)
def an_overflowing_number_at_the_end(size: int) -> bytes:
    return document((*inputs(size), b'{"id":"last","op":"input","value":1e999}'), [])


@case(DOCUMENTS, 150_000, 300)
def half_a_character_pair_at_the_end(size: int) -> bytes:
    return document((*inputs(size), b'{"id":"\\ud800","op":"input","value":1}'), [])


@case(DOCUMENTS, 3_000_000, 110_000)
def many_keys_in_one_object(size: int) -> bytes:
    return with_property('"x":{{{}}}'.format(",".join(f'"k{i}":1' for i in range(size))))


@case(DOCUMENTS, 2_900_000, 110_000)
def many_keys_in_many_objects(size: int) -> bytes:
    objects = (
        "{{{}}}".format(",".join(f'"k{i}":1' for i in range(at, at + 1000))) for at in range(0, size, 1000)
    )
    return with_property('"x":[{}]'.format(",".join(objects)))


@case(DOCUMENTS, 700_000, 110_000)
def many_keys_of_empty_objects(size: int) -> bytes:
    return with_property('"x":{{{}}}'.format(",".join(f'"k{i}":{{}}' for i in range(size))))


@case(DOCUMENTS, 12_000_000, 3_100_000)
def many_numbers(size: int) -> bytes:
    return with_property('"x":[%s1]' % ("1," * size))


@case(DOCUMENTS, 2_900_000, 1_000)
def many_long_texts(size: int) -> bytes:
    return with_property('"title":[{}]'.format(",".join([f'"{"é" * 3}"'] * size)))


@case(DOCUMENTS, 15_000_000, 800_000)
def many_empty_lists(size: int) -> bytes:
    return with_property('"x":[%s[]]' % ("[]," * size))


@case(DOCUMENTS, 45_000_000, 100)
def deep_lists(size: int) -> bytes:
    return b"[" * size


@case(DOCUMENTS, 9_000_000, 100)
def deep_objects(size: int) -> bytes:
    return b'{"a":' * size


@case(DOCUMENTS, 20_000_000, 100)
def deep_lists_in_a_property(size: int) -> bytes:
    return with_property('"x":' + "[" * size + "]" * size)


@case(DOCUMENTS, 45_000_000, 1_000)
def a_long_title(size: int) -> bytes:
    return with_property(f'"title":"{"t" * size}"')


@case(DOCUMENTS, 22_000_000, 1_000)
def a_long_title_of_backslashes(size: int) -> bytes:
    return with_property(f'"title":"{chr(92) * 2 * size}"')


@case(DOCUMENTS, 7_000_000, 1_000)
def a_long_title_of_escapes(size: int) -> bytes:
    return with_property('"title":"%s"' % (r"\u0041" * size))


@case(DOCUMENTS, 11_000_000, 1_000)
def a_long_title_of_emoji(size: int) -> bytes:
    return with_property('"title":"%s"' % ("\U0001f600" * size))


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_title_of_brackets(size: int) -> bytes:
    return with_property('"title":"%s"' % ("[{,:" * (size // 4)))


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_title_beside_an_emoji(size: int) -> bytes:
    return with_property(f'"x":"\U0001f600","title":"{"t" * size}"')


@case(DOCUMENTS, 40_000_000, 1_000)
def a_text_that_never_ends(size: int) -> bytes:
    return b'{"graph":"' + b"t" * size


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_name(size: int) -> bytes:
    return document([b'{"id":"a","op":"input","value":1,"name":"%b"}' % (b"a" * size)], [])


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_operation(size: int) -> bytes:
    return document([b'{"id":"a","op":"%b"}' % (b"a" * size)], [])


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_number(size: int) -> bytes:
    return document([b'{"id":"a","op":"input","value":%b}' % (b"9" * size)], [])


@case(DOCUMENTS, 40_000_000, 1_000)
def a_long_exponent(size: int) -> bytes:
    return document([b'{"id":"a","op":"input","value":1e%b}' % (b"9" * size)], [])


@case(DOCUMENTS, 100_000, 100)
def many_long_numbers(size: int) -> bytes:
    return with_property('"title":[{}]'.format(",".join(["9" * 400] * size)))


@case(DOCUMENTS, 47_000_000, 1_000)
def blanks_without_end(size: int) -> bytes:
    return b" " * size


@case(DOCUMENTS, 47_000_000, 1_000)
def zeros_without_end(size: int) -> bytes:
    return bytes(size)


@case(DOCUMENTS, 300_000, 21_000)
def many_groups(size: int) -> bytes:
    groups = b",".join(b'{"id":"g%d","nodes":["n%d"]}' % (i, i) for i in range(size))
    return document(inputs(min(size, 21_000)), [], b',"groups":[' + groups + b"]")


@case(DOCUMENTS, 2_000, 10)
def groups_that_share_their_nodes(size: int) -> bytes:
    members = b",".join(b'"n%d"' % i for i in range(1_000))
    groups = b",".join(b'{"id":"g%d","nodes":[%b]}' % (i, members) for i in range(size))
    return document(inputs(1_000), [], b',"groups":[' + groups + b"]")


@case(DOCUMENTS, 400_000, 21_000)
def many_notes(size: int) -> bytes:
    return with_property('"notes":[{}]'.format(",".join(f'{{"id":"n{i}","text":"t"}}' for i in range(size))))


@case(DOCUMENTS, 2_000, 3)
def long_notes_and_a_bell(size: int) -> bytes:
    notes = [f'{{"id":"n{i}","text":"{"t" * 19_999}"}}' for i in range(size)]
    return with_property('"notes":[{},{{"id":"bell","text":"\\u0007"}}]'.format(",".join(notes)))


@case(DOCUMENTS, 400_000, 2_000)
def many_columns_of_data(size: int) -> bytes:
    columns = ",".join(f'"c{i}":[1.5]' for i in range(size))
    return with_property(f'"data":{{"columns":{{{columns}}}}}')


@case(DOCUMENTS, 2_900_000, 110_000)
def many_rows_of_data(size: int) -> bytes:
    return with_property('"data":{"columns":{"x":[%s1]}}' % ("1.5," * size))


@case(DOCUMENTS, 499_999, 100)
def a_wrong_cell_of_data_at_the_end(size: int) -> bytes:
    rows = size // 5
    columns = ",".join(f'"c{i}":[{"1.5," * rows}{"true" if i == 4 else "1"}]' for i in range(5))
    return with_property(f'"data":{{"columns":{{{columns}}}}}')


@case(DOCUMENTS, 500_000, 100)
def a_training_of_many_settings(size: int) -> bytes:
    return with_property('"training":{{"rates":[{}]}}'.format(",".join("[1]" for _ in range(size))))


# --- pictures
def chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


def picture(*chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dot = zlib.compress(b"\0\0")
    return png.SIGNATURE + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", dot), *chunks, chunk(b"IEND", b"")]
    )


def zeros_packed(count: int) -> bytes:
    """Zeros without keeping them: a million of them pack to a thousand bytes."""
    packer = zlib.compressobj(9)
    block = bytes(1_000_000)
    pieces = [packer.compress(block) for _ in range(count // len(block))]
    return b"".join([*pieces, packer.compress(bytes(count % len(block))), packer.flush()])


def packed_text(content: bytes) -> bytes:
    return chunk(b"zTXt", b"nodegraph\0\0" + content)


@case(PICTURES, 250_000_000, 1_000_000)
def four_packed_texts(size: int) -> bytes:
    packer = zlib.compressobj(9)
    texts = []
    for sign in b"abcd":
        packer = zlib.compressobj(9)
        block = bytes([sign]) * 1_000_000
        texts.append(b"".join([*(packer.compress(block) for _ in range(size // len(block))), packer.flush()]))
    return picture(*map(packed_text, texts))


@case(PICTURES, 80_000_000, 80_000_000)
def many_packed_texts(size: int) -> bytes:
    """As many as one likes of the same text, each within what one may have."""
    return picture(*[packed_text(zeros_packed(size))] * 40)


@case(PICTURES, 1_000_000_000, 100_000_000)
def one_packed_text_without_end(size: int) -> bytes:
    return picture(packed_text(zeros_packed(size)))


@case(PICTURES, 1_000_000_000, 100_000_000)
def one_international_text_without_end(size: int) -> bytes:
    return picture(chunk(b"iTXt", b"nodegraph\0\1\0\0\0" + zeros_packed(size)))


@case(PICTURES, 2_000_000_000, 60_000_000)
def a_document_without_end(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"nodegraph\0" + base64.b64encode(zeros_packed(size))))


@case(PICTURES, 48_000_000, 1_000_000)
def a_document_of_zeros(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"nodegraph\0" + base64.b64encode(zeros_packed(size))))


@case(PICTURES, 1_000_000, 210_000)
def a_document_of_many_nodes(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"nodegraph\0" + base64.b64encode(zlib.compress(many_nodes(size), 1))))


@case(PICTURES, 120_000_000, 100_000)
def a_long_plain_text(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"nodegraph\0" + b"AAAA" * (size // 4)))


@case(PICTURES, 90_000_000, 100_000)
def a_long_text_of_line_ends(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"nodegraph\0" + b"A\n" * (size // 2)))


@case(PICTURES, 120_000_000, 100_000)
def a_long_foreign_text(size: int) -> bytes:
    return picture(chunk(b"iTXt", b"Comment\0\0\0\0\0" + b"x" * size))


@case(PICTURES, 10_000_000, 110_000)
def many_empty_chunks(size: int) -> bytes:
    return picture(chunk(b"tEXt", b"") * size)


@case(PICTURES, 100_000_000, 100_000)
def a_long_chunk_that_is_cut_short(size: int) -> bytes:
    return picture(chunk(b"IDAT", bytes(size)))[:-20]


@case(PICTURES, 200_000_000, 129_000_000)
def a_picture_without_end(size: int) -> bytes:
    return picture(chunk(b"IDAT", bytes(size)))


def gif_with(*parts: bytes) -> bytes:
    return gif.header((1, 1), bytes(768), 0) + b"".join(parts) + gif.TRAILER


def webp_with(*parts: bytes) -> bytes:
    return webp.whole(webp.animation_header((1, 1), 0, transparent=False) + b"".join(parts))


def said_packed(size: int) -> bytes:
    return b"nodegraph document: " + base64.b64encode(zeros_packed(size))


@case(PICTURES, 2_000_000_000, 60_000_000)
def a_gif_with_a_document_without_end(size: int) -> bytes:
    return gif_with(gif.extension(gif.COMMENT, said_packed(size)))


@case(PICTURES, 120_000_000, 100_000)
def a_gif_with_a_long_comment(size: int) -> bytes:
    return gif_with(gif.extension(gif.COMMENT, b"x" * size))


@case(PICTURES, 120_000_000, 100_000)
def a_gif_with_a_long_document_of_blanks(size: int) -> bytes:
    return gif_with(gif.extension(gif.COMMENT, b"nodegraph document:" + b" " * size))


@case(PICTURES, 60_000_000, 1_100_000)
def a_gif_of_tiny_parts(size: int) -> bytes:
    return gif_with(bytes([0x21, gif.COMMENT]) + b"\1x" * size + b"\0")


@case(PICTURES, 30_000_000, 110_000)
def a_gif_of_empty_blocks(size: int) -> bytes:
    return gif_with(bytes([0x21, gif.COMMENT, 0]) * size)


@case(PICTURES, 120_000_000, 100_000)
def a_gif_that_never_ends(size: int) -> bytes:
    return gif_with(gif.extension(gif.COMMENT, b"x" * size))[:-2]


@case(PICTURES, 200_000_000, 129_000_000)
def a_gif_without_end(size: int) -> bytes:
    return gif_with(gif.extension(gif.COMMENT, bytes(size)))


@case(PICTURES, 2_000_000_000, 60_000_000)
def a_webp_with_a_document_without_end(size: int) -> bytes:
    return webp_with(webp.chunk(b"XMP ", said_packed(size)))


@case(PICTURES, 120_000_000, 100_000)
def a_webp_with_long_words(size: int) -> bytes:
    return webp_with(webp.chunk(b"XMP ", b"nodegraph " * (size // 10)))


@case(PICTURES, 10_000_000, 110_000)
def a_webp_of_empty_parts(size: int) -> bytes:
    return webp_with(webp.chunk(b"XMP ", b"") * size)


@case(PICTURES, 120_000_000, 100_000)
def a_webp_that_is_cut_short(size: int) -> bytes:
    return webp_with(webp.chunk(b"XMP ", bytes(size)))[:-20]


@case(PICTURES, 200_000_000, 129_000_000)
def a_webp_without_end(size: int) -> bytes:
    return webp_with(webp.chunk(b"ANMF", bytes(size)))


# --- tables
@case(TABLES, 30_000_000, 210_000)
def blank_lines(size: int) -> bytes:
    return b"\n" * size


@case(TABLES, 95_000, 11_000)
def rows_of_a_blank(size: int) -> bytes:
    return b"x,y\n" + b" \n" * size


@case(TABLES, 15_000_000, 210_000)
def blank_lines_below_a_header(size: int) -> bytes:
    return b"x,y\r\n" + b"\r\n" * size


@case(TABLES, 30_000_000, 210_000)
def blank_lines_of_an_old_system(size: int) -> bytes:
    return b"x,y" + b"\r" * size


@case(TABLES, 30_000_000, 10_000)
def commas(size: int) -> bytes:
    return b"," * size


@case(TABLES, 1_900_000, 10_000)
def a_row_of_commas(size: int) -> bytes:
    return b"x,y\n1" + b"," * size + b"2\n"


@case(TABLES, 30_000_000, 110_000)
def lines_of_commas(size: int) -> bytes:
    return b"x,y\n" + b",\n" * (size // 2)


@case(TABLES, 30_000_000, 2_000)
def many_columns(size: int) -> bytes:
    return b",".join(b"c%d" % i for i in range(size // 8)) + b"\n"


@case(TABLES, 30_000_000, 1_000_000)
def many_rows(size: int) -> bytes:
    return b"x,y\n" + b"1,2\n" * (size // 4)


@case(TABLES, 400_000, 100)
def a_wrong_cell_at_the_end(size: int) -> bytes:
    return b"a,b,c,d\n" + b"1.5,2.5,3.5,4.5\n" * (size // 4) + b"1,2,3,four\n"


@case(TABLES, 30_000_000, 200_000)
def one_long_cell(size: int) -> bytes:
    return b"x\n" + b"9" * size


@case(TABLES, 130_000, 1_000)
def one_long_number(size: int) -> bytes:
    return b"x\n" + b"9" * size


@case(TABLES, 30_000_000, 200_000)
def one_long_header(size: int) -> bytes:
    return b"x" * size


@case(TABLES, 30_000_000, 200_000)
def a_quote_that_never_ends(size: int) -> bytes:
    return b'x\n"' + b"a\n" * 10 + b"1" * size


@case(TABLES, 31_000_000, 1_000)
def zeros_in_a_table(size: int) -> bytes:
    return bytes(size)


@case(TABLES, 31_000_000, 1_000)
def blanks_in_a_table(size: int) -> bytes:
    return b" " * size


@case(TABLES, 15_000_000, 600_000)
def tabs_and_semicolons(size: int) -> bytes:
    return b"x;y\n" + b";\t" * size


@case(TABLES, 3_000_000, 40_000)
def a_long_line_that_begins_with_blanks(size: int) -> bytes:
    return b" " * (size // 2) + b"1" * (size // 2)


@case(TABLES, 5_000_000, 20_000)
def rows_of_data_above_as_many_totals(size: int) -> bytes:
    return b"x,y\na,1/2\n" + b"a,1\n" * (size // 12) + b"Total,1\n" * (size // 12)


@case(TABLES, 1_000_000, 40_000)
def brackets_that_nothing_closes(size: int) -> bytes:
    return b"a b\n" + b"(  1:0.5 " * 1_400 + b"1" * size


@case(TABLES, 5_000_000, 40_000)
def a_broken_line_above_blanks(size: int) -> bytes:
    return b"  x \\\n" + b" " * size + b"!"


@case(TABLES, 5_000_000, 40_000)
def a_printed_array_with_blanks_behind_it(size: int) -> bytes:
    return b"[[1, 2]]" + b" " * size + b"x"


@case(TABLES, 130_000, 40_000)
def a_cell_of_uncertain_numbers(size: int) -> bytes:
    return b"x,y\n" + b"1+-" * (size // 3) + b",2\n1,2\n"


@case(TABLES, 400_000, 40_000)
def a_summary_of_r_above_blanks(size: int) -> bytes:
    return b"Min. 1st Qu.\n" + b" " * size + b"x\n1"


@case(TABLES, 400_000, 40_000)
def points_above_one_that_never_ends(size: int) -> bytes:
    return b"(1, 2)\n(3, 4)\nP" + b" " * (size // 2) + b"(" + b"," * (size // 2) + b"\n"


@case(TABLES, 5_000_000, 40_000)
def blank_lines_below_who_wrote_it(size: int) -> bytes:
    return b"Ann wrote:\n" + b"\n" * size + b"a"


# --- lessons
@case(LESSONS, 40_000_000, 210_000)
def a_long_lesson(size: int) -> bytes:
    return b"# Title\n## One\n" + b"word " * (size // 5)


@case(LESSONS, 24_000, 200)
def many_steps(size: int) -> bytes:
    return b"# Title\n" + b"## A\nb\n" * size


@case(LESSONS, 199_000, 5_000)
def a_long_line(size: int) -> bytes:
    return b"# Title\n## One\n" + b"x" * size


@case(LESSONS, 66_000, 1_000)
def a_heading_of_hashes(size: int) -> bytes:
    return b"# " + b"# #" * size


@case(LESSONS, 190_000, 1_000)
def a_heading_of_blanks(size: int) -> bytes:
    return b"#" + b" " * size + b"x" + b" " * 100 + b"\n## A\n"


@case(LESSONS, 9_000, 100)
def many_directives(size: int) -> bytes:
    return b"# T\n## A\nb\n```nodegraph\ngraph: y = a\n" + b"point: a\n" * size + b"```\n"


@case(LESSONS, 190_000, 2_000)
def a_long_graph(size: int) -> bytes:
    return b"# T\n## A\nb\n```nodegraph\ngraph: y = " + b"a+" * (size // 2) + b"\n```\n"


@case(LESSONS, 190_000, 2_000)
def a_deep_graph(size: int) -> bytes:
    return b"# T\n## A\nb\n```nodegraph\ngraph: y = " + b"(" * size + b"\n```\n"


@case(LESSONS, 190_000, 2_000)
def a_long_fence(size: int) -> bytes:
    return b"# T\n## A\nb\n" + b"`" * size + b"\n"


@case(LESSONS, 190_000, 2_000)
def a_long_directive(size: int) -> bytes:
    return b"# T\n## A\nb\n```nodegraph\n" + b"x" * size + b": 1\n```\n"


@case(LESSONS, 190_000, 40_000)
def a_directive_of_blanks(size: int) -> bytes:
    return b"# T\n## A\nb\n```nodegraph\nwait: a" + b" " * size + b"!\n```\n"


@case(LESSONS, 190_000, 40_000)
def a_title_of_blanks(size: int) -> bytes:
    return b"---\ntitle: a" + b" " * size + b"!\n---\n# T\n"


# --- formulas
@case(FORMULAS, 5_000_000, 210_000)
def a_formula_of_megabytes(size: int) -> bytes:
    return b"L = a" + b" + a" * (size // 4)


@case(FORMULAS, 20_000_000, 1_100_000)
def remarks_without_end(size: int) -> bytes:
    return b"# c\n" * (size // 4)


@case(FORMULAS, 20_000_000, 1_100_000)
def prompts_without_end(size: int) -> bytes:
    return b">>> " * (size // 4)


@case(FORMULAS, 190_000, 19_000)
def signs_of_other_languages(size: int) -> bytes:
    return b"**a" + b"=" * (size // 2) + b"\na =" + b" " * (size // 2) + b")"


@case(FORMULAS, 190_000, 10_000)
def a_sum_without_end(size: int) -> bytes:
    return b"L = a" + b"+a" * (size // 2)


@case(FORMULAS, 190_000, 10_000)
def deep_brackets(size: int) -> bytes:
    return b"L = " + b"(" * (size // 2) + b"a" + b")" * (size // 2)


@case(FORMULAS, 190_000, 40_000)
def deep_signs(size: int) -> bytes:
    return b"L = " + b"-" * size + b"a"


@case(FORMULAS, 190_000, 10_000)
def deep_functions(size: int) -> bytes:
    return b"L = " + b"exp(" * (size // 5) + b"a" + b")" * (size // 5)


@case(FORMULAS, 190_000, 40_000)
def deep_powers(size: int) -> bytes:
    return b"L = a" + b"**a" * (size // 3)


@case(FORMULAS, 190_000, 50_000)
def many_operands(size: int) -> bytes:
    return b"L = max(" + b"a," * (size // 2) + b"a)"


@case(FORMULAS, 990_000, 40_000)
def lines_that_all_go_on(size: int) -> bytes:
    return b"L = x \\\n" * (size // 8)


@case(FORMULAS, 230_000, 40_000)
def constants_of_a_module_without_end(size: int) -> bytes:
    return b"x = np.pi*2\n" * (size // 12)


@case(FORMULAS, 990_000, 40_000)
def a_fence_of_blanks(size: int) -> bytes:
    return b"L = x\n```" + b" " * size + b"!"


@case(FORMULAS, 990_000, 40_000)
def brackets_of_two_kinds_before_equals_signs(size: int) -> bytes:
    return b"[)=" * (size // 3)


@case(FORMULAS, 8_000, 8_000)
def a_value_taken_out_again_and_again(size: int) -> bytes:
    return b"y.backward(); z = x" + b".data" * (size // 5)


@case(FORMULAS, 990_000, 110_000)
def statements_without_end(size: int) -> bytes:
    return b"x;" * (size // 2)


@case(FORMULAS, 790_000, 40_000)
def names_between_marks_without_end(size: int) -> bytes:
    return b"L = " + b" + ".join(b"`w %d`" % number for number in range(size // 10))


@case(FORMULAS, 176_000, 40_000)
def definitions_for_any_index_without_end(size: int) -> bytes:
    names = map("".join, product("abcdefghijklmnopqrstuvwxyz", repeat=3))
    return "".join(f"q{name}_i=b_i+c{name}_7\n" for name in islice(names, size // 19)).encode() + b"L = x +"


@case(FORMULAS, 990_000, 40_000)
def blocks_of_latex_without_end(size: int) -> bytes:
    return b"\\begin{align} " * (size // 14)


@case(FORMULAS, 99_000, 40_000)
def long_names_of_latex_without_end(size: int) -> bytes:
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = ("".join(name) + r" = x \cdot y \\ " for name in product(letters, repeat=4))
    return "".join(islice(lines, size // 21)).encode() + b"L = x +"


@case(FORMULAS, 99_000, 40_000)
def line_ends_of_latex_before_brackets(size: int) -> bytes:
    return b"x = 1\n" + b"\\\\[" * (size // 3)


@case(FORMULAS, 990_000, 40_000)
def displays_of_latex_without_end(size: int) -> bytes:
    return b"Set \\[ x = 1 " * (size // 13) + b"\\frac{"


@case(FORMULAS, 990_000, 40_000)
def labels_of_latex_without_end(size: int) -> bytes:
    return b"$x = 1$ and \\label{" * (size // 19)


@case(FORMULAS, 990_000, 40_000)
def formulas_between_dollars_without_end(size: int) -> bytes:
    return b"$L=\\frac12 x$ " * (size // 14)


@case(FORMULAS, 990_000, 40_000)
def a_sum_of_roots(size: int) -> bytes:
    return "L = {}x".format("√(x)+" * (size // 5)).encode()


@case(FORMULAS, 990_000, 40_000)
def a_sum_of_powers_of_functions(size: int) -> bytes:
    return "L = {}x".format("sin²(x)+" * (size // 8)).encode()


@case(FORMULAS, 900_000, 5_000)
def comparisons_in_a_row(size: int) -> bytes:
    return b"y = " + b"a<" * (size // 2) + b"a"


@case(FORMULAS, 900_000, 5_000)
def assignments_in_a_row(size: int) -> bytes:
    return b"a=" * (size // 2) + b"1"


@case(FORMULAS, 190_000, 5_000)
def a_number_of_many_digits(size: int) -> bytes:
    return b"L = a*" + b"9" * size


@case(FORMULAS, 190_000, 5_000)
def a_name_of_many_letters(size: int) -> bytes:
    return b"L = " + b"a" * size


@case(FORMULAS, 190_000, 5_000)
def zeros_in_a_formula(size: int) -> bytes:
    return b"L = a" + bytes(size)


# --- graphs of other programs
def graphml(inside: bytes) -> bytes:
    name = b'xmlns="http://graphml.graphdrawing.org/xmlns"'
    return b'<graphml %b><graph edgedefault="directed">%b</graph></graphml>' % (name, inside)


def node_link(nodes: Iterable[bytes], links: Iterable[bytes]) -> bytes:
    return b'{"multigraph":true,"nodes":[' + b",".join(nodes) + b'],"links":[' + b",".join(links) + b"]}"


@case(NETWORKS, 400_000, 2)
def equal_ids_in_graphml(size: int) -> bytes:
    return graphml(b'<node id="a"/>' * size)


@case(NETWORKS, 1_000_000, 150_001)
def many_elements_of_graphml(size: int) -> bytes:
    return graphml(b"<data/>" * size)


@case(NETWORKS, 1_000_000, 100)
def deep_graphml(size: int) -> bytes:
    return graphml(b"<a>" * size)


@case(NETWORKS, 1_000_000, 5_000)
def long_number_in_graphml(size: int) -> bytes:
    key = b'<key id="v" for="node" attr.name="value" attr.type="int"/>'
    data = graphml(b'<node id="a"><data key="v">' + b"9" * size + b"</data></node>")
    return data.replace(b"<graph ", key + b"<graph ", 1)


@case(NETWORKS, 1_000, 3)
def entities_of_entities(size: int) -> bytes:
    more = b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (i + 1, i, i) for i in range(size))
    return b'<!DOCTYPE x [<!ENTITY e0 "x">' + more + b"]>" + graphml(b"&e%d;" % size)


@case(NETWORKS, 100_000, 3)
def cycle_of_words(size: int) -> bytes:
    links = (b'{"source":%d,"target":%d}' % (i, (i + 1) % size) for i in range(size))
    return node_link((b'{"id":%d,"op":"tanh"}' % i for i in range(size)), links)


@case(NETWORKS, 100_000, 1_001)
def many_unknown_words(size: int) -> bytes:
    nodes = (b'{"id":"q%d","op":"zz%d"}' % (i, i) for i in range(size))
    links = (b'{"source":"x","target":"q%d"}' % i for i in range(size))
    return node_link([b'{"id":"x"}', *nodes], links)


@case(NETWORKS, 200_000, 2)
def equal_ports(size: int) -> bytes:
    links = (b'{"source":0,"target":1,"key":%d,"port":%d}' % (i, i % 1000) for i in range(size))
    return node_link([b'{"id":0}', b'{"id":1,"op":"tanh"}'], links)


@case(NETWORKS, 2_000, 700)
def edges_between_groups_in_dot(size: int) -> bytes:
    groups = (b" ".join(b"%b%d" % (kind, i) for i in range(size)) for kind in (b"a", b"b"))
    return b"digraph {{%b} -> {%b}}" % tuple(groups)


@case(NETWORKS, 450_000, 100)
def deep_dot(size: int) -> bytes:
    return b"digraph " + b"{" * size


@case(NETWORKS, 30_000_000, 1_000_001)
def long_dot(size: int) -> bytes:
    return b"digraph {" + b" " * size + b"}"


@case(NETWORKS, 900_000, 100)
def quotation_that_never_ends_in_dot(size: int) -> bytes:
    return b'digraph { a [label="' + b"\\" * size


@case(NETWORKS, 5_000_000, 100)
def a_remark_above_blank_lines(size: int) -> bytes:
    return b"# Heading\n" + b"\n" * size + b"!"


@case(NETWORKS, 900_000, 5_000)
def remarks_above_no_formula(size: int) -> bytes:
    return b"# x\n" * (size // 4) + b"!"
