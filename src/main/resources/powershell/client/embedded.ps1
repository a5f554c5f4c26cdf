# The package inside this file, as base64 of its JSON.
function Get-TrustPackage {
    $bytes = [Convert]::FromBase64String($Payload)
    ConvertFrom-Json -InputObject ([Text.Encoding]::ASCII.GetString($bytes))
}

