# The package beside this file.
function Get-TrustPackage {
    $file = Join-Path -Path $PSScriptRoot -ChildPath 'trust.json'
    if (-not (Test-Path -LiteralPath $file)) {
        throw "trust.json: not beside this script in $PSScriptRoot, wanted the whole package in one folder; copy all of it"
    }
    ConvertFrom-Json -InputObject ([string](Get-Content -LiteralPath $file -Raw))
}

