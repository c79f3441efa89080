"""A throw-away certificate for 127.0.0.1, made with PyNaCl alone: no other tool has to be installed."""

import base64
import hashlib
import secrets
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

_ED25519 = b"\x06\x03\x2b\x65\x70"  # object identifier 1.3.101.112, RFC 8410


def server_context(folder: Path, host: bytes = b"\x7f\x00\x00\x01") -> ssl.SSLContext:
    """A server's side of TLS; writes certificate.pem and key.pem below `folder`."""
    key = SigningKey.generate()
    (folder / "certificate.pem").write_text(_pem("CERTIFICATE", _certificate(key, host)))
    (folder / "key.pem").write_text(_pem("PRIVATE KEY", _private_key(key)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def trusting_context(folder: Path) -> ssl.SSLContext:
    """A client's side that trusts the certificate in `folder`, and no other."""
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


def _certificate(key: SigningKey, host: bytes) -> bytes:
    """A self-signed X.509 v3 certificate (RFC 5280) for one IP address."""
    algorithm = _sequence(_ED25519)
    name = _sequence(_tlv(0x31, _sequence(_tlv(0x06, b"\x55\x04\x03"), _tlv(0x0C, b"test"))))
    public = bytes(key.verify_key)
    body = _sequence(
        _tlv(0xA0, _tlv(0x02, b"\x02")),
        _tlv(0x02, b"\x01" + secrets.token_bytes(8)),
        algorithm,
        name,
        _sequence(_time(-timedelta(days=1)), _time(timedelta(days=1))),
        name,
        _sequence(algorithm, _tlv(0x03, b"\x00" + public)),
        _tlv(0xA3, _extensions(public, host)),
    )
    return _sequence(body, algorithm, _tlv(0x03, b"\x00" + key.sign(body).signature))


def _extensions(public: bytes, host: bytes) -> bytes:
    return _sequence(
        _extension(b"\x13", _sequence(_tlv(0x01, b"\xff")), critical=True),  # basicConstraints: is its own CA
        _extension(b"\x0f", _tlv(0x03, b"\x02\x84"), critical=True),  # keyUsage: sign, sign certificates
        _extension(b"\x0e", _tlv(0x04, hashlib.sha1(public).digest())),  # subjectKeyIdentifier
        _extension(b"\x11", _sequence(_tlv(0x87, host))),  # subjectAltName: iPAddress
    )


def _extension(number: bytes, value: bytes, critical: bool = False) -> bytes:
    flag = _tlv(0x01, b"\xff") if critical else b""
    return _sequence(_tlv(0x06, b"\x55\x1d" + number), flag, _tlv(0x04, value))


def _private_key(key: SigningKey) -> bytes:
    """PKCS #8 with the raw seed inside (RFC 8410 section 7)."""
    return _sequence(_tlv(0x02, b"\x00"), _sequence(_ED25519), _tlv(0x04, _tlv(0x04, bytes(key))))


def _time(from_now: timedelta) -> bytes:
    return _tlv(0x18, (datetime.now(UTC) + from_now).strftime("%Y%m%d%H%M%SZ").encode())


def _sequence(*parts: bytes) -> bytes:
    return _tlv(0x30, b"".join(parts))


def _tlv(tag: int, value: bytes) -> bytes:
    """Tag, length, value: the one shape of DER."""
    size = len(value)
    if size < 128:
        return bytes((tag, size)) + value
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + value


def _pem(label: str, der: bytes) -> str:
    text = base64.encodebytes(der).decode()
    return f"-----BEGIN {label}-----\n{text}-----END {label}-----\n"
