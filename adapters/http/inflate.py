"""Decompression with a cap: a bomb is noticed before it is unpacked, whatever the headers say."""

import zlib
from collections.abc import AsyncIterator

ACCEPT_ENCODING = "gzip, deflate"


class TooLargeError(Exception):
    """The body, once decompressed, passes the cap."""


class BadEncodingError(Exception):
    """A content encoding that we did not ask for, or a body that is not what it claims to be."""


_GZIP = b"\x1f\x8b\x08"
_TEXT = (b"<", b"{", b"\xef\xbb\xbf")  # what a feed or page begins with when it is not packed at all
_UNPACKED = frozenset({"gzip", "x-gzip", "deflate"})
_REFUSED = frozenset({"br", "zstd", "dcb", "dcz", "compress", "x-compress"})


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    """All bytes of `chunks`, decompressed by `encoding` (the header's value), at most `limit` of them. Where the
    header is wrong (packed and not said, said and not packed, a charset in its place), the first bytes decide.

    Raises: TooLargeError; BadEncodingError.
    """
    named = {name.strip().lower() for name in encoding.split(",")}
    start = await _start_of(chunks)
    whole = _with(start, chunks)
    if start.startswith(_GZIP):
        return await _read_packed(whole, "gzip", limit)
    if start.lstrip().startswith(_TEXT):
        return await _read_plain(whole, limit)
    if named & _REFUSED or ("," in encoding and named & _UNPACKED):
        raise BadEncodingError(encoding)
    packed = next(iter(named & _UNPACKED), "")
    return await _read_packed(whole, packed, limit) if packed else await _read_plain(whole, limit)


async def _start_of(chunks: AsyncIterator[bytes]) -> bytes:
    """The first bytes: enough to tell by."""
    start = b""
    async for chunk in chunks:
        start += chunk
        if len(start.lstrip()) >= len(_GZIP):
            break
    return start


async def _with(start: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if start:
        yield start
    async for chunk in rest:
        yield chunk


async def _read_plain(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLargeError
    return bytes(body)


async def _read_packed(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> bytes:
    body = bytearray()
    unpack = None
    async for chunk in chunks:
        if unpack is None:
            unpack = zlib.decompressobj(_window(encoding, chunk))
        while chunk:
            try:
                body += unpack.decompress(chunk, limit - len(body) + 1)
            except zlib.error as error:
                raise BadEncodingError(str(error)) from error
            if len(body) > limit:
                raise TooLargeError
            chunk = unpack.unconsumed_tail
            if unpack.eof:  # gzip may hold several members; what follows the last is padding
                chunk = unpack.unused_data.lstrip(b"\0")
                unpack = zlib.decompressobj(31) if chunk[:2] == b"\x1f\x8b" else unpack
                chunk = chunk if not unpack.eof else b""
    return bytes(body)


def _window(encoding: str, start: bytes) -> int:
    """zlib's window bits. Servers send `deflate` with and without the zlib header."""
    if encoding != "deflate":
        return 31
    has_header = len(start) > 1 and start[0] & 15 == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return 15 if has_header else -15
