#!/usr/bin/env python3
"""Reads a trust package with nothing but Python's library and openssl, and compares what every form of it says.

usage: check_trust_package.py FOLDER...
       check_trust_package.py --self-test FOLDER

The certificates of a store must be the same in .cer, .p7b, .sst, .reg, Group Policy preferences and trust.json; the policy the same in
.reg, Registry.pol and trust.json; each hash of the manifest that of its file. One line a difference, exit code 1 if there is any. The self-test changes one
byte of a copy of each kind of file and is content when each change is found.
"""

import base64
import hashlib
import json
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

STORES = {
    "root": ("Root", "ROOT"),
    "intermediate": ("CA", "CA"),
    "pin": ("WindowsServerUpdateServices", "WindowsServerUpdateServices"),
    "publisher": ("TrustedPublisher", "TrustedPublisher"),
}
MACHINE = "HKEY_LOCAL_MACHINE\\"


def sha1(der):
    return hashlib.sha1(der).hexdigest().upper()


def elements(blob):
    at = 0
    while at + 12 <= len(blob):
        number, one, length = struct.unpack_from("<III", blob, at)
        if number == 0 and one == 0:
            return
        assert one == 1, f"element {number} does not say 1"
        yield number, blob[at + 12 : at + 12 + length]
        at += 12 + length


def certificate_of(blob):
    found = dict(elements(blob))
    assert found[3].hex().upper() == sha1(found[32]), "the hash of a blob is not its certificate's"
    return found[32]


def from_sst(content):
    assert content[:8] == b"\0\0\0\0CERT" and content[-12:] == bytes(12)
    return {der for number, der in elements(content[8:]) if number == 32}


def registry(content):
    """Key and name to value of a .reg file."""
    text = content.decode("utf-16")
    assert text.startswith("Windows Registry Editor Version 5.00\r\n\r\n")
    values, key = {}, None
    for line in text.replace(",\\\r\n  ", ",").split("\r\n"):
        if line.startswith("["):
            key = line[1:-1]
            assert key.startswith(MACHINE)
            key = key[len(MACHINE) :]
        elif line.startswith('"'):
            name, value = re.fullmatch(r'"([^"]+)"=(.*)', line).groups()
            if value.startswith("hex:"):
                values[key, name] = bytes.fromhex(value[4:].replace(",", ""))
            elif value.startswith("dword:"):
                values[key, name] = int(value[6:], 16)
            else:
                values[key, name] = value[1:-1].replace("\\\\", "\\").replace('\\"', '"')
    return values


def policy_file(content):
    assert content[:8] == b"PReg\1\0\0\0"
    values, at = {}, 8

    def mark(sign):
        nonlocal at
        assert content[at : at + 2] == sign.encode("utf-16-le"), f"wanted {sign} at {at}"
        at += 2

    def text():
        nonlocal at
        end = at
        while content[end : end + 2] != b"\0\0":
            end += 2
        found = content[at:end].decode("utf-16-le")
        at = end + 2
        return found

    def number():
        nonlocal at
        at += 4
        return struct.unpack_from("<I", content, at - 4)[0]

    while at < len(content):
        mark("[")
        key = text()
        mark(";")
        name = text()
        mark(";")
        kind = number()
        mark(";")
        size = number()
        mark(";")
        data = content[at : at + size]
        at += size
        mark("]")
        values[key, name] = struct.unpack("<I", data)[0] if kind == 4 else data.decode("utf-16-le").rstrip("\0")
    return values


def from_p7b(path):
    pem = subprocess.run(
        ["openssl", "pkcs7", "-inform", "DER", "-in", path, "-print_certs"], capture_output=True, check=True, text=True
    ).stdout
    blocks = re.findall("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", pem, re.S)
    return {base64.b64decode(block) for block in blocks}


def from_preferences(content, key_of_store):
    found = set()
    for item in xml.etree.ElementTree.fromstring(content).iter("Properties"):
        der = certificate_of(bytes.fromhex(item.get("value")))
        wanted = f"SOFTWARE\\Microsoft\\SystemCertificates\\{key_of_store}\\Certificates\\{sha1(der)}"
        assert item.get("key") == wanted and item.get("hive") == MACHINE[:-1], f"wrong key {item.get('key')}"
        found.add(der)
    return found


def from_reg(content, key_of_store):
    found = set()
    for (key, name), blob in registry(content).items():
        der = certificate_of(blob)
        wanted = f"SOFTWARE\\Microsoft\\SystemCertificates\\{key_of_store}\\Certificates\\{sha1(der)}"
        assert key == wanted and name == "Blob", f"wrong key {key}"
        found.add(der)
    return found


def payload_of(script):
    here = re.search(rb"\$Payload = @'\n(.*?)\n'@\n", script, re.S)
    return json.loads(base64.b64decode(here.group(1)))


def check(folder, told=True):
    package = json.loads((folder / "trust.json").read_bytes())
    differences = []

    def same(what, got, wanted):
        if got != wanted:
            differences.append(f"{folder.name}: {what}: differs from trust.json")

    for prefix, (store, key) in STORES.items():
        wanted = {base64.b64decode(entry["der"]) for entry in package["certificates"] if entry["store"] == store}
        files = sorted(folder.glob(f"{prefix}-*.cer"))
        same(f"{prefix} .cer", {file.read_bytes() for file in files}, wanted)
        for file in files:
            subprocess.run(["openssl", "x509", "-inform", "DER", "-in", file, "-noout"], check=True)
            assert sha1(file.read_bytes()) in file.name, f"{file.name} is named after another certificate"
        if wanted:
            same(f"{prefix}.p7b", from_p7b(folder / f"{prefix}.p7b"), wanted)
            same(f"{prefix}.sst", from_sst((folder / f"{prefix}.sst").read_bytes()), wanted)
            same(f"{prefix}.reg", from_reg((folder / f"{prefix}.reg").read_bytes(), key), wanted)
            preferences = (folder / f"{prefix}-preferences.xml").read_bytes()
            same(f"{prefix}-preferences.xml", from_preferences(preferences, key), wanted)
    policy = {
        (entry["key"], entry["name"]): int(entry["value"]) if entry["type"] == "DWord" else entry["value"]
        for entry in package["policy"]
    }
    if policy:
        same("policy.reg", registry((folder / "policy.reg").read_bytes()), policy)
        same("Registry.pol", policy_file((folder / "Registry.pol").read_bytes()), policy)
    for entry in package["certificates"]:
        for dropped in ("der", "blob", "key"):
            entry.pop(dropped)
    for name in ("intune-detect.ps1", "configmgr-detect.ps1"):
        same(name, payload_of((folder / name).read_bytes()), package)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for entry in manifest["files"]:
        content = (folder / entry["name"]).read_bytes()
        same(entry["name"], hashlib.sha256(content).hexdigest().upper(), entry["sha256"])
    listed = {entry["name"] for entry in manifest["files"]} | {"manifest.json"}
    there = {file.name for file in folder.iterdir() if file.is_file() and not file.name.startswith(".")}
    same("the list of files", there, listed)
    if told:
        print(f"{folder.name}: {len(listed)} files, {len(package['certificates'])} certificates, {len(policy)} policy values")
    return differences


# For each kind of file, a byte of it that can change without the file becoming unreadable.
PLANTED = {
    "pin.p7b": b"wsus01",
    "pin.sst": b"wsus01",
    "root.reg": "0,".encode("utf-16-le"),
    "root-preferences.xml": b"value=\"03",
    "policy.reg": "8531".encode("utf-16-le"),
    "Registry.pol": "8531".encode("utf-16-le"),
    "trust.json": b"8531",
    "intune-detect.ps1": b"exit 1",
    "README.html": b"Trust",
}


def self_test(folder):
    missed = []
    for name, where in PLANTED.items():
        with tempfile.TemporaryDirectory() as temporary:
            copy = pathlib.Path(shutil.copytree(folder, pathlib.Path(temporary) / "copy"))
            content = bytearray((copy / name).read_bytes())
            at = content.rindex(where) + len(where) - (2 if where.endswith(b"\0") else 1)
            content[at] ^= 1
            (copy / name).write_bytes(content)
            try:
                found = check(copy, told=False)
            except (AssertionError, KeyError, ValueError, subprocess.CalledProcessError):
                found = [f"{name} cannot be read any more"]
            if not found:
                missed.append(name)
    print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted changes found", *missed)
    return 1 if missed else 0


def main(folders):
    if folders[:1] == ["--self-test"]:
        return self_test(pathlib.Path(folders[1]))
    if not folders:
        print(__doc__, file=sys.stderr)
        return 2
    differences = [line for folder in folders for line in check(pathlib.Path(folder))]
    print("\n".join(differences) if differences else "all forms say the same")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
