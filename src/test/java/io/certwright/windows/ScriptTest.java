package io.certwright.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one script that runs on servers, held against the call records and against what may never stand in it. */
class ScriptTest {
    private static final String SCRIPT = CertwrightScript.bundled().text();

    @Test
    void has_a_function_for_every_call_with_its_parameters_and_answer() {
        assertThat(RecordsAndFunctions.differencesIn(SCRIPT)).isEmpty();
        assertThat(CallNames.all()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            function Get-Pool {               | function Get-Pond {                | Get-Pool: no function
            'Get-Pool', 'Set-Pool'            | 'Set-Pool'                         | the dispatcher's list: lacks Get-Pool
            'Get-Pool', 'Set-Pool'            | 'Get-Pool', 'Get-All', 'Set-Pool'  | the dispatcher's list: has Get-All, which no record knows
            [string]$Challenge)               | [string]$Question)                 | New-KeySignature's parameters: lacks Challenge
            [Parameter(Mandatory = $true)][int]$Minutes) | [int]$Minutes)          | Get-RecentEvents -Minutes: mandatory is false
            [string]$ServerName = ''          | [int]$ServerName = 0               | Get-PresentedCertificate -ServerName: got [int], wanted [string]
            recycleMinutes   = [int]          | recycled = [int]                   | Get-Pool's answer: lacks recycleMinutes
            hasKey       = [bool]             | withKey = [bool]                   | Get-StoredCertificates's answer: has withKey, which no record knows
            addresses = @(Get-NetIPAddress    | addresses = (Get-NetIPAddress      | Get-OwnAddresses's answer: addresses is not wrapped in @(…)
            """)
    void sees_a_planted_difference(String was, String planted, String found) {
        assertThat(SCRIPT).contains(was);
        assertThat(RecordsAndFunctions.differencesIn(SCRIPT.replace(was, planted)))
                .contains(found);
    }

    /** What would let a value become code, or text of a request become part of a command. */
    private static List<String> waysIntoCode(String script) {
        Pattern ways = Pattern.compile(
                "(?i)Invoke-Expression|\\biex\\b|scriptblock\\]?::Create|\\[scriptblock\\]|Add-Type|"
                        + "\\$ExecutionContext\\.InvokeCommand|-EncodedCommand|cmd(\\.exe)? |&\\s*\\$(?!call\\.call @with)|&\\s*\\(|"
                        + "\\.Invoke\\(|^\\s*\\.\\s+\\$|Start-Process|&\\s*\"[^\"]*\\$(?!env:SystemRoot|env:ProgramFiles)",
                Pattern.MULTILINE);
        return ways.matcher(script)
                .results()
                .map(found -> found.group().strip())
                .toList();
    }

    @Test
    void lets_no_value_become_code() {
        assertThat(waysIntoCode(SCRIPT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Invoke-Expression -Command $Name                    | Invoke-Expression
            & $Name                                             | & $
            & ([scriptblock]::Create($Text))                    | & (
            & "$Folder\\tool.exe" x                              | & "$
            [scriptblock]::Create($Text).Invoke()               | [scriptblock]
            Start-Process -FilePath $Name                       | Start-Process
            $ExecutionContext.InvokeCommand.InvokeScript($Text) | $ExecutionContext.InvokeCommand
            """)
    void sees_a_planted_way_into_code(String line, String found) {
        String planted = SCRIPT.replace("function Get-OwnAddresses {", "function Get-OwnAddresses {\n    " + line);
        assertThat(waysIntoCode(planted)).anyMatch(each -> each.startsWith(found));
    }

    @Test
    void is_plain_ascii_and_names_its_version() {
        assertThat(SCRIPT.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')))
                .isTrue();
        assertThat(CertwrightScript.bundled().version()).isEqualTo("1");
    }

    @Test
    void keeps_every_function_short() {
        assertThat(new ScriptText(SCRIPT).functions().values())
                .allSatisfy(function -> assertThat(function.body().lines().count())
                        .as(function.name())
                        .isLessThanOrEqualTo(26));
    }

    @Test
    void gives_no_function_the_name_of_a_listed_cmdlet() throws Exception {
        String page = Files.readString(Path.of("docs/windows.md"));
        page = page.substring(page.indexOf("\n## Cmdlets\n"));
        TreeSet<String> cmdlets = new TreeSet<>(Pattern.compile("(?m)^\\| `([A-Za-z]+-[A-Za-z]+)`")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList());
        assertThat(cmdlets).contains("Get-WebBinding");
        assertThat(new ScriptText(SCRIPT).functions().keySet()).doesNotContainAnyElementsOf(cmdlets);
    }
}
