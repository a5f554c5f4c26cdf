# The certificate that the server shows, whatever is wrong with it.
function Get-ServedCertificate {
    param([Parameter(Mandatory = $true)][string]$HostName, [Parameter(Mandatory = $true)][int]$Port)
    $client = New-Object -TypeName Net.Sockets.TcpClient
    try {
        $connecting = $client.ConnectAsync($HostName, $Port)
        if (-not $connecting.Wait(10000)) {
            throw "no answer from $HostName, port $Port, within 10 seconds"
        }
        $client.ReceiveTimeout = 10000
        $client.SendTimeout = 10000
        $accept = { $true } -as [Net.Security.RemoteCertificateValidationCallback]
        $connection = $client.GetStream()
        $stream = New-Object -TypeName Net.Security.SslStream -ArgumentList $connection, $false, $accept
        $stream.AuthenticateAsClient($HostName, $null, [Security.Authentication.SslProtocols]::Tls12, $false)
        New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $stream.RemoteCertificate
    }
    finally { $client.Close() }
}

function Test-ServedCertificate {
    param([Parameter(Mandatory = $true)]$Package, [Parameter(Mandatory = $true)]$Certificate, [Parameter(Mandatory = $true)][string]$HostName)
    "presented: $($Certificate.Subject), thumbprint $($Certificate.Thumbprint), valid until $($Certificate.NotAfter.ToUniversalTime().ToString('yyyy-MM-dd HH:mm', [Globalization.CultureInfo]::InvariantCulture)) UTC"
    $covered = @($Certificate.DnsNameList | Where-Object -FilterScript { Test-NameCovered -Name $HostName -Pattern $_.Punycode })
    if ($covered.Count -eq 0) { "WRONG: $HostName is not among its names" } else { "good: $HostName is among its names" }
    $chain = New-Object -TypeName Security.Cryptography.X509Certificates.X509Chain -ArgumentList $true
    $chain.ChainPolicy.RevocationFlag = 'ExcludeRoot'
    $chain.ChainPolicy.UrlRetrievalTimeout = [TimeSpan]::FromSeconds(10)
    if ($chain.Build($Certificate)) { 'good: this machine trusts it, revocation included' }
    else { foreach ($status in @($chain.ChainStatus)) { "WRONG: $($status.Status): $($status.StatusInformation.Trim())" } }
    if ($Package.pinning) {
        $pin = "HKLM:\SOFTWARE\Microsoft\SystemCertificates\WindowsServerUpdateServices\Certificates\$($Certificate.Thumbprint)"
        if (Test-Path -LiteralPath $pin) { 'good: it is among the pins of this machine' }
        else { 'WRONG: it is not among the pins of this machine, so that scans fail as long as any pin is there' }
    }
}

function Test-WebService {
    param([Parameter(Mandatory = $true)][string]$Url)
    foreach ($page in 'SimpleAuthWebService/SimpleAuth.asmx', 'ClientWebService/client.asmx') {
        try {
            $answer = Invoke-WebRequest -Uri "$Url/$page" -UseBasicParsing -TimeoutSec 30
            "good: $page answers $($answer.StatusCode)"
        }
        catch { 'WRONG: {0}: {1}' -f $page, $_.Exception.Message }
    }
}

function Get-ConfigMgrView {
    $client = Get-CimInstance -Namespace 'root\ccm\Scanagent' -ClassName 'CCM_SUPLocationList' -ErrorAction SilentlyContinue
    foreach ($location in @($client)) {
        if ($null -ne $location) {
            "ConfigMgr scans at $($location.CurrentScanPath), last succeeded at $($location.LastSuccessScanPath)"
        }
    }
    foreach ($name in 'LocationServices.log', 'ScanAgent.log', 'WUAHandler.log') {
        $file = Join-Path -Path $env:SystemRoot -ChildPath "CCM\Logs\$name"
        if (Test-Path -LiteralPath $file) {
            Select-String -LiteralPath $file -Pattern 'WSUSURL=|ScanByUpdateSource|Enabling WUA Managed server policy|Successfully completed scan|Scan failed|overwritten by a higher authority' |
                Select-Object -Last 3 |
                ForEach-Object -Process { '{0}: {1}' -f $name, $_.Line }
        }
    }
}

# Asks the Windows Update agent itself: what it cannot do ends with the number that people search for.
function Invoke-UpdateScan {
    $session = New-Object -ComObject 'Microsoft.Update.Session'
    $searcher = $session.CreateUpdateSearcher()
    $searcher.ServerSelection = 1
    try { "good: scan found $(@($searcher.Search('IsInstalled=0').Updates).Count) updates that are not installed" }
    catch { 'WRONG: scan ended with 0x{0:X8}: {1}' -f $_.Exception.HResult, $_.Exception.Message }
    if (Test-Path -LiteralPath (Join-Path -Path $env:SystemRoot -ChildPath 'CCM')) {
        Invoke-CimMethod -Namespace 'root\ccm' -ClassName 'SMS_CLIENT' -MethodName 'TriggerSchedule' -Arguments @{ sScheduleID = '{00000000-0000-0000-0000-000000000113}' } | Out-Null
        'ConfigMgr was asked to scan; its logs show the result in some minutes'
    }
}

$package = Get-TrustPackage
$report = Get-TrustReport -Package $package
$report.line
$url = (Get-RegistryText -Path 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate' -Name 'WUServer').TrimEnd('/')
$address = $null
if ([Uri]::TryCreate($url, [UriKind]::Absolute, [ref]$address) -and $address.Scheme -eq 'https') {
    try {
        $served = Get-ServedCertificate -HostName $address.Host -Port $address.Port
        Test-ServedCertificate -Package $package -Certificate $served -HostName $address.Host
        Test-WebService -Url $url
    }
    catch { "WRONG: $($address.Host):$($address.Port): $($_.Exception.GetBaseException().Message)" }
}
Get-ConfigMgrView
if ($Scan) { Invoke-UpdateScan }
