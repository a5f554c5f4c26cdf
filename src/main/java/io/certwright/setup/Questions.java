package io.certwright.setup;

import io.certwright.setup.Question.Nature;
import java.util.List;

/** Everything that people are asked when settings are written for the first time, in this order; less usual keys they add later. */
public final class Questions {
    private static final Question ANCHORS =
            Question.needed("anchors", "Files with the CA's root certificates").as(Nature.LIST);
    private static final Question PUBLIC_ANCHORS = Question.optional(
                    "anchors", "Files with the CA's root certificates, none for a public CA")
            .as(Nature.LIST);
    private static final Question TEMPLATE =
            Question.needed("template", "The template, its internal name").usually("WebServer");

    /** The ways to a host. */
    public static final List<Kind> TRANSPORTS = List.of(
            new Kind(
                    "ssh",
                    "by its OpenSSH server",
                    List.of(
                            Question.needed("address", "Its name or address"),
                            Question.needed("port", "Port of SSH").usually("22"),
                            Question.needed("user", "Account there, a local administrator such as contoso\\certwright"),
                            Question.optional("key", "File with the private key, as ssh-keygen writes it")
                                    .as(Nature.SECRET_FILE),
                            Question.secret("key-passphrase", "Passphrase of that key")
                                    .onlyWith("key"),
                            Question.secret("password", "Password of that account")
                                    .unless("key"),
                            Question.needed("known-hosts", "File in which the host's own key stands (ssh-keyscan)")
                                    .as(Nature.FILE)
                                    .usually("config/known_hosts"))),
            new Kind("local", "Certwright runs on it", List.of()),
            new Kind(
                    "runbook",
                    "a person carries each step there and brings its answer",
                    List.of(Question.needed("address", "Its name or address"))),
            new Kind(
                    "simulated",
                    "the server of \"certwright demo windows\"",
                    List.of(
                            Question.needed("address", "Its address").usually("127.0.0.1"),
                            Question.needed("port", "Its control port").usually("8599"))));

    /** The kinds of CA. */
    public static final List<Kind> AUTHORITIES = List.of(
            new Kind(
                    "builtin",
                    "Certwright's own CA, for laboratories and closed networks",
                    List.of(Question.optional(
                            "public-url",
                            "Where clients will find its revocation list, such as http://pki.contoso.com:8080"))),
            new Kind(
                    "adcs-certreq",
                    "AD CS, asked by certreq on a Windows host of its domain",
                    List.of(
                            Question.needed("host", "On which host of these settings"),
                            Question.needed("ca", "The CA as \"certutil -dump\" prints its Config, HOST\\NAME"),
                            TEMPLATE,
                            ANCHORS)),
            new Kind(
                    "adcs-ces",
                    "AD CS by its enrollment web services, from any machine",
                    List.of(
                            Question.needed(
                                    "url",
                                    "Address of CES, such as https://ca01.contoso.com/Contoso-CA_CES_Kerberos/service.svc/CES"),
                            TEMPLATE,
                            Question.optional("user", "Account, none for the one that runs Certwright"),
                            Question.secret("password", "Its password").onlyWith("user"),
                            ANCHORS)),
            new Kind(
                    "adcs-web",
                    "AD CS by its web pages (certsrv)",
                    List.of(
                            Question.needed("url", "Address of the pages, such as https://ca01.contoso.com/certsrv"),
                            TEMPLATE,
                            Question.optional("user", "Account, none for the one that runs Certwright"),
                            Question.secret("password", "Its password").onlyWith("user"),
                            ANCHORS)),
            new Kind(
                    "windows-store",
                    "takes what auto-enrolment, or a person, puts into a host's store",
                    List.of(Question.needed("host", "On which host of these settings"), ANCHORS)),
            new Kind(
                    "acme",
                    "any CA that speaks ACME",
                    List.of(
                            Question.needed("directory", "Its directory")
                                    .usually("https://acme-v02.api.letsencrypt.org/directory"),
                            Question.needed("accept-terms", "Have you read the CA's terms of service and accept them")
                                    .as(Nature.FLAG),
                            Question.optional("contact", "Mail addresses that the CA may write to")
                                    .as(Nature.LIST),
                            Question.optional("external-account.id", "Key identifier of an external account"),
                            Question.secret("external-account.key", "Key of that account, base64url")
                                    .onlyWith("external-account.id"),
                            Question.optional(
                                    "http-01.listen", "Where to answer the CA's look at port 80, such as 0.0.0.0:80"),
                            Question.optional("http-01.web-root", "Or the folder of a server on port 80 here")
                                    .unless("http-01.listen"),
                            Question.optional("dns-01.server", "DNS server that takes updates (RFC 2136), HOST:53"),
                            Question.optional("dns-01.tsig.name", "Name of the key that signs the updates")
                                    .onlyWith("dns-01.server"),
                            Question.secret("dns-01.tsig.key", "That key, base64")
                                    .onlyWith("dns-01.tsig.name"),
                            PUBLIC_ANCHORS)),
            new Kind(
                    "scep",
                    "any CA that speaks SCEP, such as NDES",
                    List.of(
                            Question.needed(
                                    "url",
                                    "Its address, such as http://ndes.contoso.com/certsrv/mscep/mscep.dll/pkiclient.exe"),
                            Question.secret("challenge", "The challenge password"),
                            ANCHORS)),
            new Kind(
                    "est",
                    "any CA that speaks EST",
                    List.of(
                            Question.needed("url", "Its address without a path, such as https://est.contoso.com"),
                            Question.optional("label", "Label of one of its CAs"),
                            Question.optional("user", "Account"),
                            Question.secret("password", "Its password").onlyWith("user"),
                            PUBLIC_ANCHORS)),
            new Kind(
                    "cmp",
                    "any CA that speaks CMP",
                    List.of(
                            Question.needed("url", "Its whole address, such as http://ra.contoso.com/pkix/servers"),
                            Question.optional("reference", "The name under which the CA keeps our secret"),
                            Question.secret("secret", "That secret").onlyWith("reference"),
                            Question.needed(
                                            "signing-certificate.file",
                                            "Or a file with certificate and key that sign our messages, PEM or PFX")
                                    .unless("reference"),
                            Question.secret("signing-certificate.password", "Password of a PFX")
                                    .onlyWith("signing-certificate.file"),
                            ANCHORS)),
            new Kind(
                    "manual",
                    "people issue: requests are written for them, answers taken",
                    List.of(
                            Question.needed("folder", "Where requests are written")
                                    .usually("./data/manual"),
                            Question.optional("template", "The AD CS template that they are to issue by"),
                            PUBLIC_ANCHORS)),
            new Kind("selfsigned", "each certificate signs itself, and clients trust each one", List.of()));

    /** Whether there is a mail server; without one nobody is told. */
    public static final Question MAIL_SERVER = Question.optional(
            "smtp", "Mail server, such as smtp://mail.contoso.com:587 or smtps://mail.contoso.com:465");

    /** What belongs to it. */
    public static final List<Question> MAIL = List.of(
            Question.needed("from", "Sender's address"),
            Question.optional("user", "Account at the mail server"),
            Question.secret("password", "Its password").onlyWith("user"));

    /** Who gets the mails. */
    public static final Question RECIPIENTS =
            Question.needed("to", "Mail addresses of those who are told").as(Nature.LIST);

    /** The clients of the server. */
    public static final List<Question> CLIENTS = List.of(
            Question.needed("pin", "Do they pin the server's certificate in their WSUS store")
                    .as(Nature.FLAG)
                    .usually("no"),
            Question.needed("wait", "How long until every client has what was published")
                    .usually("14d"),
            Question.optional("update-server", "Where they scan for updates, such as https://wsus.contoso.com:8531"));

    private Questions() {}
}
