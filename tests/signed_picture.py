"""A picture with a C2PA manifest, signed by a certificate made for the test."""

import io
import json
from datetime import UTC, datetime, timedelta

from c2pa import Builder, C2paSignerInfo, C2paSigningAlg, Signer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def signed(body: bytes) -> bytes:
    """The JPEG with a manifest that says that a camera took it."""
    chain, key = _certificates()
    said = {
        "claim_generator_info": [{"name": "Cambox", "version": "3"}],
        "title": "Boats",
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": SOURCE}]},
            }
        ],
    }
    made = io.BytesIO()
    signer = Signer.from_info(C2paSignerInfo(alg=C2paSigningAlg.ES256, sign_cert=chain, private_key=key, ta_url=None))
    with Builder(json.dumps(said)) as builder, signer:
        builder.sign(signer, "image/jpeg", io.BytesIO(body), made)
    return made.getvalue()


def _certificates() -> tuple[bytes, bytes]:
    """The chain of a signer, his own first, and his key."""
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    above = _named("Quay Root")
    anchor = _certificate(above, above, root.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    anchor = anchor.add_extension(_usage(signing=False), True)
    anchor = anchor.add_extension(x509.SubjectKeyIdentifier.from_public_key(root.public_key()), False)
    own = _certificate(_named("Nora Quay"), above, leaf.public_key())
    own = own.add_extension(x509.BasicConstraints(False, None), True).add_extension(_usage(signing=True), True)
    own = own.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    own = own.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), False)
    own = own.add_extension(x509.SubjectKeyIdentifier.from_public_key(leaf.public_key()), False)
    chain = b"".join(one.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) for one in (own, anchor))
    key = leaf.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return chain, key


def _named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Lantern")]
    )


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    made = made.serial_number(x509.random_serial_number())
    return made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))


def _usage(*, signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signing,
        crl_sign=not signing,
        encipher_only=False,
        decipher_only=False,
    )
