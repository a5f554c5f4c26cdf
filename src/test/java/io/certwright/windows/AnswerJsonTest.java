package io.certwright.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certwright.certificate.Thumbprint;
import io.certwright.crypto.SecretBytes;
import io.certwright.failure.LifecycleException;
import io.certwright.windows.AccessCall.GetSslFlags;
import io.certwright.windows.HostCall.GetOwnAddresses;
import io.certwright.windows.HostCall.GetServiceState;
import io.certwright.windows.HostCall.ServiceState;
import io.certwright.windows.HostCall.WriteHostEvent;
import io.certwright.windows.ProbeCall.GetPresentedCertificate;
import io.certwright.windows.SiteCall.BindingState;
import io.certwright.windows.SiteCall.GetSites;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.StoreCall.ImportPfx;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers as texts. */
class AnswerJsonTest {
    private static final String SITES =
            "{'sites':[{'id':1,'name':'Default','state':'Started','bindings':[{'protocol':'https','bindingInformation':'*:443:',"
                    + "'sslFlags':0,'thumbprint':'','store':''}]}]}";

    private static String request(WindowsCall<?>... calls) {
        return new String(RequestJson.write(List.of(calls)), StandardCharsets.US_ASCII);
    }

    private static Answers read(String stdout, WindowsCall<?>... calls) throws LifecycleException {
        return AnswerJson.read("wsus01", List.of(calls), new VisitOutput(0, stdout.replace('\'', '"'), ""));
    }

    private static String answered(String values) {
        return "<<certwright{'version':'1','answers':[" + values + "]}certwright>>";
    }

    @Test
    void writes_names_as_the_script_has_them_and_leaves_out_what_is_absent() {
        assertThat(request(
                        new GetServiceState("WsusService"),
                        new GetPresentedCertificate("10.0.0.1", 8531, Optional.empty())))
                .isEqualTo(
                        "{\"calls\":[{\"call\":\"Get-ServiceState\",\"with\":{\"Service\":\"WsusService\"}},"
                                + "{\"call\":\"Get-PresentedCertificate\",\"with\":{\"Address\":\"10.0.0.1\",\"Port\":8531}}]}");
    }

    @Test
    void writes_secrets_as_base64_and_shows_them_nowhere_else() {
        ImportPfx call = new ImportPfx(SecretBytes.of(new byte[] {1, 2, 3}), SecretBytes.ofText("hush"));

        assertThat(request(call)).contains("{\"Pfx\":\"AQID\",\"Password\":\"aHVzaA==\"}");
        assertThat(call.toString()).doesNotContain("hush", "AQID");
    }

    @Test
    void brings_hostile_texts_there_and_back_as_plain_ascii() throws Exception {
        Random random = new Random(20261122);
        List<String> hostile =
                IntStream.range(0, 400).mapToObj(each -> hostile(random)).collect(Collectors.toList());
        hostile.addAll(List.of(
                "$(Stop-Computer)", "`$x`", "'@\r\n\"@", "‘’‚‛“”„–—", "certwright>>", "<<certwright", "\\u0000"));
        for (String text : hostile) {
            WriteHostEvent call = new WriteHostEvent(1, HostCall.EventKind.ERROR, text);

            String json = request(call);

            assertThat(json.chars().allMatch(c -> c >= ' ' && c <= '~')).isTrue();
            assertThat(RequestJson.read(json)).isEqualTo(List.of(call));
        }
    }

    private static String hostile(Random random) {
        return random.ints(1 + random.nextInt(60), 0, 0x3000)
                .mapToObj(c -> Character.toString(random.nextInt(20) == 0 ? 0x1F600 + c % 60 : c == 0 ? 1 : c))
                .collect(Collectors.joining());
    }

    @Test
    void passes_over_what_stands_outside_the_marks_and_broken_lines_within() throws Exception {
        String noise = "profile says <<certwright hello\r\n";
        String wrapped = answered("{'value':{'present':true,'status':'Run\r\nning','startType':'Automatic'}}");

        assertThat(read(noise + wrapped + "\r\nbye", new GetServiceState("W3SVC"))
                        .of(new GetServiceState("W3SVC")))
                .isEqualTo(new ServiceState(true, "Running", "Automatic"));
    }

    @Test
    void reads_an_empty_text_as_absent_where_a_value_is_optional() throws Exception {
        assertThat(read(answered("{'value':" + SITES + "}"), new GetSites())
                        .of(new GetSites())
                        .sites()
                        .get(0)
                        .bindings())
                .containsExactly(new BindingState("https", "*:443:", 0, Optional.empty(), ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'value':{'present':true,'status':'x'}}                       | startType: got nothing, wanted a text
            {'value':{'present':1,'status':'x','startType':'y'}}          | present: got number, wanted true or false
            {'value':{'present':true,'status':null,'startType':'y'}}      | status: got null, wanted a text
            {'value':{'present':true,'status':['x'],'startType':'y'}}     | status: got array, wanted a text
            {'value':[]}                                                  | got no answer to this call
            {}                                                            | got no answer to this call
            """)
    void refuses_an_answer_of_another_shape(String answer, String why) {
        assertThatThrownBy(() -> read(answered(answer), new GetServiceState("W3SVC")))
                .hasMessage("host wsus01: the answer to Get-ServiceState is not what it should be: " + why
                        + "; check that the host's script is the one of this Certwright");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[[[[[[[[[[[[[[[[[[[[[[", "{'version':'1','answers':[{'value':{", "\u0000", ""})
    void refuses_what_is_not_json(String json) {
        assertThatThrownBy(() -> read("<<certwright" + json + "certwright>>", new GetOwnAddresses()))
                .isInstanceOf(LifecycleException.class)
                .hasMessageStartingWith("host wsus01: ");
    }

    @Test
    void names_the_call_that_failed_and_how_many_were_done() {
        String error =
                "{'error':{'code':'0x80070005','type':'System.UnauthorizedAccessException','id':'x','message':'Zugriff verweigert','at':'7'}}";

        assertThatThrownBy(() ->
                        read(answered("{'value':{'addresses':[]}}," + error), new GetOwnAddresses(), new GetSites()))
                .isInstanceOfSatisfying(CallFailedException.class, failed -> {
                    assertThat(failed.done()).isEqualTo(1);
                    assertThat(failed.error().windowsError()).isEqualTo(5);
                })
                .hasMessage(
                        "host wsus01: Get-Sites failed: the account may not do that on the host (0x80070005, Zugriff verweigert); make it"
                                + " a member of the local Administrators there, and log on without a token that UAC filtered");
    }

    @Test
    void decodes_what_powershell_wraps_its_errors_in() {
        assertThat(Clixml.errorsOf(
                        "#< CLIXML\r\n<Objs><S S=\"progress\">x</S><S S=\"Error\">a &lt;b&gt; _x000D__x000A_</S><S S=\"Error\">"
                                + "_x001B_[31;1mc_x001B_[0m</S></Objs>"))
                .isEqualTo("a <b> c");
        assertThat(Clixml.errorsOf("plain\r\nerror\r\n")).isEqualTo("plain error");
    }

    @Test
    void refuses_values_that_no_command_line_may_see() {
        assertThatThrownBy(() -> new NetshKey("ipport=0.0.0.0:443 & calc"))
                .hasMessage(
                        "http.sys key: got \"ipport=0.0.0.0:443 & calc\", wanted ipport=address:port or hostnameport=name:port");
        assertThatThrownBy(
                        () -> new SetBindingCertificate(0, "*:443:", Thumbprint.parse("AB".repeat(20)), StoreName.MY))
                .hasMessage("site: got number 0, wanted 1 or more");
        assertThatThrownBy(() -> new GetServiceState("Wsus*"))
                .hasMessage("service: got \"Wsus*\", wanted the name of one service such as WsusService");
        assertThatThrownBy(() -> new GetSslFlags("x".repeat(5001)))
                .hasMessageStartingWith("location: got \"xxx")
                .hasMessageEndingWith("(4921 more)\", wanted 1 to 5,000 characters");
    }

    @Test
    void reads_fifty_thousand_bindings_within_its_bound() throws Exception {
        String binding = "{'protocol':'https','bindingInformation':'*:443:name.contoso.com','sslFlags':1,'thumbprint':'"
                + "AB".repeat(20) + "','store':'My'}";
        String bindings = String.join(",", Collections.nCopies(10, binding));
        String site = "{'id':1,'name':'Default','state':'Started','bindings':[" + bindings + "]}";
        String sites = String.join(",", Collections.nCopies(5000, site));
        String answer = answered("{'value':{'sites':[" + sites + "]}}");

        assertThat(answer.length()).isLessThan(Visit.LONGEST_OUTPUT);
        assertThat(read(answer, new GetSites()).of(new GetSites()).sites()).hasSize(5000);
    }
}
