# Where the certificate counts for Windows Update: the store of the machine or that of a service.
function Test-TrustedByMachine {
    param([Parameter(Mandatory = $true)]$Entry)
    $paths = @("HKLM:\SOFTWARE\Microsoft\SystemCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)",
        "HKLM:\SOFTWARE\Microsoft\EnterpriseCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)",
        "HKLM:\SOFTWARE\Policies\Microsoft\SystemCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)")
    foreach ($service in 'wuauserv', 'WsusService') {
        $paths += "HKLM:\SOFTWARE\Microsoft\Cryptography\Services\$service\SystemCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)"
    }
    foreach ($path in $paths) {
        if (Test-Path -LiteralPath $path) { return $true }
    }
    $stored = "Cert:\LocalMachine\$($Entry.store)\$($Entry.thumbprint)"
    Test-Path -LiteralPath $stored
}

# A pin counts in the machine's own store alone.
function Test-PinnedByMachine {
    param([Parameter(Mandatory = $true)]$Entry)
    Test-Path -LiteralPath "HKLM:\SOFTWARE\Microsoft\SystemCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)"
}

# The mistake that looks right in the certificate console and helps no service.
function Test-TrustedByUserOnly {
    param([Parameter(Mandatory = $true)]$Entry)
    foreach ($user in @(Get-ChildItem -LiteralPath 'Registry::HKEY_USERS' -ErrorAction SilentlyContinue)) {
        $path = "Registry::$($user.Name)\Software\Microsoft\SystemCertificates\$($Entry.store)\Certificates\$($Entry.thumbprint)"
        if (Test-Path -LiteralPath $path -ErrorAction SilentlyContinue) { return $true }
    }
    $false
}

function Get-RegistryText {
    param([Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][string]$Name)
    $key = Get-Item -LiteralPath $Path -ErrorAction SilentlyContinue
    if ($null -eq $key) { return '' }
    [string]$key.GetValue($Name, '')
}

function Get-MissingCertificate {
    param([Parameter(Mandatory = $true)]$Package)
    foreach ($entry in @($Package.certificates)) {
        if ($entry.store -eq 'WindowsServerUpdateServices') { $there = Test-PinnedByMachine -Entry $entry }
        else { $there = Test-TrustedByMachine -Entry $entry }
        if (-not $there) {
            if (Test-TrustedByUserOnly -Entry $entry) { "missing $($entry.store) $($entry.thumbprint) (CurrentUser only)" }
            else { "missing $($entry.store) $($entry.thumbprint)" }
        }
    }
}

# The builds from which on Windows Update compares pins; every build above the last one does.
function Get-PinningNote {
    $path = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $build = Get-RegistryText -Path $path -Name 'CurrentBuildNumber'
    $revision = Get-RegistryText -Path $path -Name 'UBR'
    if ($build -eq '' -or $revision -eq '') { return }
    $since = @{ 14393 = 4169; 15063 = 2108; 16299 = 2166; 17134 = 1967; 17763 = 1697; 18363 = 1316; 19041 = 746; 19042 = 746 }
    $number = [int]$build
    if ($number -gt 19042) { return }
    if (-not $since.ContainsKey($number) -or [int]$revision -lt $since[$number]) { "too old to pin (build $build.$revision)" }
}

function Test-NameCovered {
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][string]$Pattern)
    if ($Pattern -eq $Name) { return $true }
    if (-not $Pattern.StartsWith('*.')) { return $false }
    $dot = $Name.IndexOf('.')
    $dot -gt 0 -and $Name.Substring($dot) -eq $Pattern.Substring(1)
}

# The names in the certificates of the group's servers, as far as the package knows them.
function Get-KnownName {
    param([Parameter(Mandatory = $true)]$Package)
    foreach ($entry in @($Package.certificates)) {
        foreach ($name in @($entry.names)) { [string]$name }
    }
    if ($Package.updateServer.host -ne '') { [string]$Package.updateServer.host }
}

function Get-UpdateServerProblem {
    param([Parameter(Mandatory = $true)]$Package)
    $policy = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'
    $url = Get-RegistryText -Path $policy -Name 'WUServer'
    $wanted = [string]$Package.updateServer.url
    if ($url -eq '') {
        if ($wanted -ne '') { "WUServer is not set, wanted $wanted" }
        return
    }
    if ($wanted -ne '' -and $url.TrimEnd('/') -ne $wanted) { "WUServer is $url, wanted $wanted" }
    $status = Get-RegistryText -Path $policy -Name 'WUStatusServer'
    if ($status -ne $url) { "WUStatusServer is $status, wanted $url as WUServer" }
    if ((Get-RegistryText -Path "$policy\AU" -Name 'UseWUServer') -ne '1') { 'UseWUServer is not 1, so WUServer is ignored' }
    $address = $null
    if (-not [Uri]::TryCreate($url, [UriKind]::Absolute, [ref]$address)) { "WUServer is $url, which is no URL"; return }
    if ($address.Scheme -ne 'https') { "WUServer is $url, wanted https"; return }
    $known = @(Get-KnownName -Package $Package)
    $covered = @($known | Where-Object -FilterScript { Test-NameCovered -Name $address.Host -Pattern $_ })
    if ($known.Count -gt 0 -and $covered.Count -eq 0) { "$($address.Host) of WUServer is in no certificate of these servers" }
    try { [void][Net.Dns]::GetHostAddresses($address.Host) }
    catch { "$($address.Host) of WUServer does not resolve" }
}

function Get-ForeignPinNote {
    param([Parameter(Mandatory = $true)]$Package)
    if ($Package.pinning) { return }
    $path = 'HKLM:\SOFTWARE\Microsoft\SystemCertificates\WindowsServerUpdateServices\Certificates'
    $pins = @(Get-ChildItem -LiteralPath $path -ErrorAction SilentlyContinue)
    if ($pins.Count -gt 0) { "holds $($pins.Count) pins although these clients compare none" }
}

function Get-HostFullName {
    $properties = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    if ($properties.DomainName -eq '') { return $properties.HostName }
    "$($properties.HostName).$($properties.DomainName)"
}

# What this machine lacks, in one line that an import reads again.
function Get-TrustReport {
    param([Parameter(Mandatory = $true)]$Package)
    $missing = @(Get-MissingCertificate -Package $Package)
    $notes = @(Get-UpdateServerProblem -Package $Package) + @(Get-ForeignPinNote -Package $Package)
    if ($Package.pinning) { $notes += @(Get-PinningNote) }
    $state = 'Compliant'
    if ($missing.Count -gt 0) { $state = 'NonCompliant' }
    $at = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
    $parts = @($state, "package $($Package.package)", "host $(Get-HostFullName)", "at $at") + $missing + $notes
    $line = $parts -join '; '
    # Intune keeps 2048 characters of an output.
    if ($line.Length -gt 1900) { $line = $line.Substring(0, 1900) + ' ...' }
    @{ compliant = ($missing.Count -eq 0); line = $line; notes = $notes }
}

