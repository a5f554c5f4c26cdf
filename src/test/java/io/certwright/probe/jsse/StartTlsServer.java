package io.certwright.probe.jsse;

import io.certwright.probe.StartTls;
import io.certwright.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** A server that answers the words before TLS and then hands the caller on to one that speaks TLS. */
final class StartTlsServer {
    private StartTlsServer() {}

    static TestServer before(int tlsPort, StartTls protocol, List<byte[]> answers) {
        return TestServer.tcp(caller -> {
            InputStream in = caller.getInputStream();
            for (int i = 0; i < answers.size(); i++) {
                if (protocol != StartTls.SMTP) {
                    in.readNBytes(protocol == StartTls.LDAP ? 31 : 8);
                } else if (i > 0) {
                    line(in);
                }
                caller.getOutputStream().write(answers.get(i));
                caller.getOutputStream().flush();
            }
            try (Socket tls = new Socket(InetAddress.getLoopbackAddress(), tlsPort)) {
                Thread back = new Thread(() -> copy(tls, caller), "starttls-back");
                back.setDaemon(true);
                back.start();
                copy(caller, tls);
            }
        });
    }

    private static void line(InputStream in) throws IOException {
        int read = in.read();
        while (read >= 0 && read != '\n') {
            read = in.read();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            InputStream in = from.getInputStream();
            byte[] some = new byte[4096];
            for (int read = in.read(some); read > 0; read = in.read(some)) {
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException hungUp) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
