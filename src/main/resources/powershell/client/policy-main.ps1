# A preference item is only ever added, so that what was there under the same name goes first.
function Set-CertificatePreference {
    param([Parameter(Mandatory = $true)][string]$Policy, [Parameter(Mandatory = $true)]$Entry)
    $key = "HKLM\$($Entry.key)"
    Remove-GPPrefRegistryValue -Name $Policy -Context Computer -Key $key -ValueName 'Blob' -ErrorAction SilentlyContinue | Out-Null
    Set-GPPrefRegistryValue -Name $Policy -Context Computer -Action Update -Key $key -ValueName 'Blob' -Type Binary -Value ([Convert]::FromBase64String($Entry.blob)) | Out-Null
    "$($Entry.store) $($Entry.thumbprint) set"
}

function Set-UpdatePolicy {
    param([Parameter(Mandatory = $true)][string]$Policy, [Parameter(Mandatory = $true)]$Entry)
    $value = [string]$Entry.value
    if ($Entry.type -eq 'DWord') { $value = [int]$Entry.value }
    Set-GPRegistryValue -Name $Policy -Key "HKLM\$($Entry.key)" -ValueName $Entry.name -Type $Entry.type -Value $value | Out-Null
    "$($Entry.name) = $($Entry.value) set"
}

Import-Module -Name GroupPolicy
$package = Get-TrustPackage
if ($null -eq (Get-GPO -Name $Name -ErrorAction SilentlyContinue)) {
    New-GPO -Name $Name -Comment "Trust for the clients of $($package.group), made by Certwright" | Out-Null
    "$Name made"
}
foreach ($entry in @($package.certificates)) {
    if ($entry.audience -eq 'connecting' -or -not $Connecting) { Set-CertificatePreference -Policy $Name -Entry $entry }
}
if (-not $Connecting) {
    foreach ($entry in @($package.policy)) { Set-UpdatePolicy -Policy $Name -Entry $entry }
}
if ($LinkTo -ne '') {
    New-GPLink -Name $Name -Target $LinkTo -LinkEnabled Yes | Out-Null
    "$Name linked to $LinkTo"
}
