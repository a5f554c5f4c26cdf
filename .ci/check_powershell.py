#!/usr/bin/env python3
"""Reads every given PowerShell file with a grammar and says what Windows PowerShell 5.1 would not take or people would not read.

usage: check_powershell.py [--cmdlets docs/windows.md] FILE...
       check_powershell.py --self-test

Finds syntax errors, operators and parameters that only PowerShell 7 knows, aliases, text that is not
ASCII, and cmdlets, parameters and programs that the tables of docs/windows.md do not have. One line a finding, exit code 1 if there is any.
"""

import re
import sys

import tree_sitter
import tree_sitter_powershell

ALIASES = set(
    "% ? ac asnp cat cd chdir clc clear clhy cli clp cls clv cnsn compare copy cp cpi cpp curl cvpa dbp del diff dir dnsn ebp echo"
    " epal epcsv epsn erase etsn exsn fc fhx fl foreach ft fw gal gbp gc gcb gci gcm gcs gdr ghy gi gjb gl gm gmo gp gps gpv group"
    " gsn gsnp gsv gtz gu gv gwmi h history icm iex ihy ii ipal ipcsv ipmo ipsn irm ise iwmi iwr kill lp ls man md measure mi mount"
    " move mp mv nal ndr ni nmo npssc nsn nv ogv oh popd ps pushd pwd r rbp rcjb rcsn rd rdr ren ri rjb rm rmdir rmo rni rnp rp rsn"
    " rsnp rujb rv rvpa rwmi sajb sal saps sasv sbp sc scb select set shcm si sl sleep sls sort sp spjb spps spsv start stz sujb sv"
    " swmi tee trcm type wget where wjb write".split()
)
# What only later versions know: operators by their text outside strings, parameters by their names.
LATER_OPERATORS = {
    "??": "null coalescing",
    "??=": "null coalescing assignment",
    "&&": "pipeline chain",
    "||": "pipeline chain",
    "?.": "null conditional",
}
LATER_PARAMETERS = {
    "-ashashtable",
    "-parallel",
    "-asbytestream",
    "-skipcertificatecheck",
    "-throttlelimit",
    "-escapehandling",
}
LATER_COMMANDS = {"test-json", "join-string", "get-error", "remove-alias"}
QUOTED = {
    "string_literal",
    "expandable_string_literal",
    "verbatim_string_characters",
    "verbatim_here_string_characters",
    "expandable_here_string_literal",
    "comment",
}


def parse(source):
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    return parser.parse(source).root_node


def nodes(node):
    yield node
    for child in node.children:
        yield from nodes(child)


def text(node, source):
    return source[node.start_byte : node.end_byte].decode("ascii", "replace")


def code_alone(root, source):
    """The source with strings and comments blanked, so that what looks like an operator is one."""
    code = bytearray(source)
    for node in nodes(root):
        if node.type in QUOTED:
            for at in range(node.start_byte, node.end_byte):
                if code[at] not in b"\r\n":
                    code[at] = 0x20
    return code.decode("ascii", "replace")


def commands(root, source):
    for node in nodes(root):
        if node.type == "command":
            name = node.child_by_field_name("command_name") or next(
                (child for child in node.children if child.type == "command_name"), None
            )
            if name is not None:
                yield node, text(name, source)


def findings(source, listed=None):
    root = parse(source)
    own = {name.lower() for name in re.findall(r"(?im)^\s*function\s+([\w-]+)", source.decode("ascii", "replace"))}
    for number, line in enumerate(source.split(b"\n"), 1):
        if any(byte > 0x7E or (byte < 0x20 and byte not in b"\t\r") for byte in line):
            yield number, "a character that is not ASCII"
    for node in nodes(root):
        if node.type == "ERROR" or (node.is_missing and node.type != ";"):
            yield node.start_point[0] + 1, "syntax: " + repr(text(node, source)[:60])
    for number, line in enumerate(code_alone(root, source).split("\n"), 1):
        for operator, words in LATER_OPERATORS.items():
            if operator in line:
                yield number, f"{operator}: {words}, which Windows PowerShell 5.1 does not know"
        if re.search(r"[\w)\]'\"]\s+\?\s+[^{\s]", line):
            yield number, "?: ternary, which Windows PowerShell 5.1 does not know"
    for node, name in commands(root, source):
        number = node.start_point[0] + 1
        low = name.lower()
        if low in ALIASES:
            yield number, f"{name}: an alias, wanted the full name"
        if low in LATER_COMMANDS:
            yield number, f"{name}: only later versions have it"
        for child in nodes(node):
            if child.type == "command_parameter" and text(child, source).lower() in LATER_PARAMETERS:
                yield number, f"{name} {text(child, source)}: only later versions have it"
        if listed is not None and low not in own:
            for finding in unlisted(node, name, source, listed):
                yield number, finding


def unlisted(node, name, source, listed):
    """What the tables do not have: the cmdlet, one of its parameters, a value without its parameter's name, a program."""
    elements = [child for part in node.children if part.type == "command_elements" for child in part.children]
    if not re.fullmatch(r"[A-Za-z]+-[A-Za-z]+", name):
        program = re.search(r"([\w.]+\.exe)", name)
        if program and program.group(1).lower() not in listed:
            yield f"{program.group(1)}: not in the table of docs/windows.md"
        return
    if name.lower() not in listed:
        yield f"{name}: not in the table of docs/windows.md"
        return
    for child in elements:
        if child.type == "command_parameter":
            parameter = text(child, source).strip("-:").lower()
            if parameter not in listed[name.lower()]:
                yield f"{name} -{parameter}: not among the parameters in the table of docs/windows.md"


def cmdlets_of(page):
    with open(page, encoding="utf-8") as file:
        rows = re.findall(r"(?m)^\| `([A-Za-z]+-[A-Za-z]+|[\w]+\.exe)` \|([^|]*)\|", file.read().partition("\n## Cmdlets\n")[2])
    return {name.lower(): {word.lower() for word in re.findall(r"[A-Za-z]+", used.split(";")[0])} for name, used in rows}


PLANTED = {
    "an unclosed block": b"if ($true) { Get-Item -LiteralPath 'x'\n",
    "null coalescing": b"$x = $null ?? 'y'\n",
    "null coalescing assignment": b"$x ??= 'y'\n",
    "a pipeline chain": b"Get-Item -LiteralPath 'x' && Get-Item -LiteralPath 'y'\n",
    "a ternary": b"$x = $y ? 1 : 2\n",
    "an alias": b"gci -Path 'x'\n",
    "the alias of a filter": b"Get-ChildItem -Path 'x' | ? { $_ }\n",
    "the alias of a loop": b"Get-ChildItem -Path 'x' | % { $_ }\n",
    "a later parameter": b"ConvertFrom-Json -InputObject $x -AsHashtable\n",
    "a later command": b"Test-Json -Json $x\n",
    "a typographic quote": "Get-Item -LiteralPath \u2018x\u2019\n".encode(),
    "a cmdlet that is not listed": b"Get-Secret -Name 'x'\n",
    "a parameter that is not listed": b"Get-Item -LiteralPath 'x' -Stream 'y'\n",
    "a switch that is not listed": b"Get-ChildItem -LiteralPath 'x' -Recurse:$true\n",
    "a program that is not listed": b'$lines = & "$env:SystemRoot\\System32\\certutil.exe" -store My\n',
}
SOUND = b"""param([string]$Path = '')
# && and ?? and % in a comment or a text are nothing
function Get-Twice {
    param([int]$Number)
    $Number * 2
}
foreach ($item in @(Get-ChildItem -LiteralPath $Path)) { "a ? b : c && ?? $($item.Name)" }
Get-Twice -Number 7
$lines = & "$env:SystemRoot\\System32\\netsh.exe" http show sslcert
"""


def self_test():
    listed = {
        "get-item": {"literalpath"},
        "get-childitem": {"path", "literalpath"},
        "convertfrom-json": {"inputobject", "ashashtable"},
        "test-json": {"json"},
        "netsh.exe": set(),
    }
    missed = [what for what, source in PLANTED.items() if not list(findings(source, listed))]
    false = [f"{number}: {finding}" for number, finding in findings(SOUND, listed)]
    for what in missed:
        print(f"planted and not found: {what}")
    for finding in false:
        print(f"found in a sound script: {finding}")
    print(f"{len(PLANTED) - len(missed)} of {len(PLANTED)} planted faults found, {len(false)} false findings")
    return 1 if missed or false else 0


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        return self_test()
    listed = None
    if arguments[:1] == ["--cmdlets"]:
        listed = cmdlets_of(arguments[1])
        arguments = arguments[2:]
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    count = 0
    for path in arguments:
        with open(path, "rb") as file:
            for number, finding in findings(file.read(), listed):
                print(f"{path}:{number}: {finding}")
                count += 1
    print(f"{len(arguments)} PowerShell files read, {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
