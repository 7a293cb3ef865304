package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin.Header;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.CredentialPlugin.Credential;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The context of the user's own kubeconfigs, with its cluster and user. The client library gets a kubeconfig with these
 * three entries only, so that it cannot use another entry of the same name.
 *
 * @param where the files, for messages
 * @param user empty if the context has none
 * @param programs the receiver of the name of a credential plugin, before the plugin runs
 */
record OwnContext(
        String where,
        NamedContext context,
        NamedCluster cluster,
        Optional<NamedAuthInfo> user,
        Consumer<String> programs) {

    /** Reads the files of the entries, and runs the credential plugin of the user. */
    ClusterEndpoint endpoint() {
        Config read = read();
        String authority = content(read.getCaCertData(), read.getCaCertFile(), "certificate-authority");
        return new ClusterEndpoint(
                where,
                cluster.getCluster().getServer(),
                new Trust(
                        authority,
                        read.isTrustCerts(),
                        Optional.ofNullable(cluster.getCluster().getTlsServerName())
                                .orElse("")),
                login(read, authority),
                Optional.ofNullable(read.getNamespace()).orElse(""),
                Optional.ofNullable(authInfo().getAs()).orElse(""),
                authInfo().getAs() == null ? List.of() : authInfo().getAsGroups());
    }

    private AuthInfo authInfo() {
        return user.map(NamedAuthInfo::getUser).orElseGet(AuthInfo::new);
    }

    /**
     * Returns the configuration that the client library makes of the entries. The library does not get the credential
     * plugin, because it would run the plugin in a shell.
     */
    private Config read() {
        Config read = Config.empty();
        ConfigBuilder entries = new ConfigBuilder().addToContexts(context).addToClusters(cluster);
        user.ifPresent(named -> entries.addToUsers(new NamedAuthInfoBuilder(named)
                .editUser()
                .withExec(null)
                .endUser()
                .build()));
        try {
            KubeConfigUtils.merge(read, context.getName(), entries.build());
        } catch (KubernetesClientException e) {
            throw new KubeconfigException("context \"" + context.getName() + "\": a certificate or key cannot be read");
        }
        return read;
    }

    /** Returns the login as kubectl does: a credential plugin runs only if the user has no other login. */
    private ClusterLogin login(Config read, String authority) {
        Header header = header(read);
        String chain = content(read.getClientCertData(), read.getClientCertFile(), "client-certificate");
        String key = content(read.getClientKeyData(), read.getClientKeyFile(), "client-key");
        ExecConfig exec = authInfo().getExec();
        if (exec != null && header instanceof ClusterLogin.None && chain.isEmpty()) {
            programs.accept(String.valueOf(exec.getCommand()));
            return pluginLogin(new CredentialPlugin(exec, cluster.getCluster(), authority));
        }
        return new ClusterLogin(
                header,
                chain.isEmpty() || key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ClusterLogin.Certificate(chain, Password.of(key))));
    }

    private ClusterLogin pluginLogin(CredentialPlugin plugin) {
        Credential first = plugin.run().orElseThrow(() -> noCredential(plugin));
        return new ClusterLogin(
                first.token()
                        .<Header>map(token -> new ClusterLogin.Bearer(new ProgramToken(
                                token,
                                () -> plugin.run().flatMap(Credential::token).orElseThrow(() -> noCredential(plugin)))))
                        .orElseGet(ClusterLogin.None::new),
                first.certificate());
    }

    /**
     * Returns the header of the login. A token file is read again for each request, because a build can run longer than
     * the first token is valid.
     */
    private Header header(Config read) {
        if (read.getUsername() != null && read.getPassword() != null) {
            return new ClusterLogin.Basic(read.getUsername(), Password.of(read.getPassword()));
        }
        Optional<String> token = Optional.ofNullable(read.getAutoOAuthToken());
        Optional<String> file = Optional.ofNullable(authInfo().getTokenFile()).filter(name -> !name.isEmpty());
        if (file.isPresent()) {
            Password first = Password.of(token.orElseGet(() -> file(file.get(), "tokenFile")));
            return new ClusterLogin.Bearer(new TokenFile(Path.of(file.get()), first));
        }
        return token.<Header>map(value -> ClusterLogin.Bearer.of(Password.of(value)))
                .orElseGet(ClusterLogin.None::new);
    }

    /** The token in a file that another program renews; the last token that was read if the file cannot be read. */
    private static final class TokenFile implements Supplier<Password> {

        private final Path file;
        private volatile Password last;

        TokenFile(Path file, Password first) {
            this.file = file;
            this.last = first;
        }

        @Override
        public Password get() {
            try {
                String text = Files.readString(file).strip();
                if (!text.isEmpty() && !text.equals(last.reveal())) {
                    last = Password.of(text);
                }
            } catch (IOException e) {
                // As in client-go, the last token that could be read is used.
            }
            return last;
        }
    }

    /**
     * Returns the PEM of a certificate or key; "" for none.
     *
     * @param data the PEM, possibly in base64; it takes precedence over the file
     * @param file the name of the file with the PEM
     * @param field the name of the field, for messages
     */
    private String content(String data, String file, String field) {
        if (data != null && !data.isEmpty()) {
            try {
                return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return data;
            }
        }
        return file == null || file.isEmpty() ? "" : file(file, field);
    }

    private String file(String file, String field) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            String entry = field.equals("certificate-authority")
                    ? "cluster \"" + cluster.getName()
                    : "user \"" + user.map(NamedAuthInfo::getName).orElse("");
            throw new KubeconfigException(entry + "\": " + field + " " + file + " cannot be read");
        }
    }

    /**
     * Creates the error for a program without a credential. It does not include the program's arguments, which can be
     * secrets.
     */
    private KubeconfigException noCredential(CredentialPlugin plugin) {
        return new KubeconfigException(
                "user \"" + user.map(NamedAuthInfo::getName).orElse("") + "\": the program \""
                        + plugin.exec().getCommand()
                        + "\" gave no credential; `kubectl auth whoami` with this kubeconfig shows why");
    }
}
