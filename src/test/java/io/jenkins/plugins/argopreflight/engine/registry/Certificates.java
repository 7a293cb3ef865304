package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.testing.Pem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority and server certificates of one test run, made by the JDK's keytool. */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    public Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        generate(file(), PASSWORD, "ca", "Team Root CA", "bc:c", "-validity", "30");
        Files.writeString(
                authority(),
                Pem.text("CERTIFICATE", store().getCertificate("ca").getEncoded()));
    }

    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A server's TLS context with a certificate of the authority. */
    public SSLContext signed(String alias, String names, String... validity)
            throws IOException, InterruptedException, GeneralSecurityException {
        List<String> options = new ArrayList<>(List.of("-signer", "ca"));
        options.addAll(List.of(validity));
        generate(file(), PASSWORD, alias, alias, "san=" + names, options.toArray(String[]::new));
        return context(alias);
    }

    /** A server's TLS context with a certificate that it signed itself. */
    SSLContext selfSigned(String alias, String names)
            throws IOException, InterruptedException, GeneralSecurityException {
        generate(file(), PASSWORD, alias, alias, "san=" + names);
        return context(alias);
    }

    private SSLContext context(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = store();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(
                alias,
                all.getKey(alias, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore store() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file(), PASSWORD.toCharArray());
    }

    private File file() {
        return folder.resolve("all.p12").toFile();
    }

    /** Adds a key and its certificate to a store, which is made when it is not there. */
    public static void generate(
            File store, String password, String alias, String name, String extension, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + name,
                "-ext",
                extension,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                password));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed for " + alias + ": " + output);
        }
    }
}
