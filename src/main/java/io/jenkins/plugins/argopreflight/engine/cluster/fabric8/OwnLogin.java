package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin.Header;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The endpoint that the user's own context leads to. The client library gets these three entries and no other, so that
 * it cannot take another one of the same name.
 */
record OwnLogin(
        String where,
        NamedContext context,
        NamedCluster cluster,
        Optional<NamedAuthInfo> user,
        Consumer<String> programs) {

    ClusterEndpoint endpoint() {
        Optional<ExecConfig> exec = exec();
        exec.ifPresent(plugin -> programs.accept(String.valueOf(plugin.getCommand())));
        Config read = read();
        String chain = content(read.getClientCertData(), read.getClientCertFile(), "client-certificate");
        if (exec.isPresent() && read.getAutoOAuthToken() == null && chain.isEmpty()) {
            throw noCredential(exec.get());
        }
        String key = content(read.getClientKeyData(), read.getClientKeyFile(), "client-key");
        AuthInfo login = user.map(NamedAuthInfo::getUser).orElseGet(AuthInfo::new);
        return new ClusterEndpoint(
                where,
                cluster.getCluster().getServer(),
                new Trust(
                        content(read.getCaCertData(), read.getCaCertFile(), "certificate-authority"),
                        read.isTrustCerts(),
                        Optional.ofNullable(cluster.getCluster().getTlsServerName())
                                .orElse("")),
                new ClusterLogin(
                        header(read),
                        chain.isEmpty() || key.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new ClusterLogin.Certificate(chain, Password.of(key)))),
                Optional.ofNullable(read.getNamespace()).orElse(""),
                Optional.ofNullable(login.getAs()).orElse(""),
                login.getAs() == null ? List.of() : login.getAsGroups());
    }

    private Optional<ExecConfig> exec() {
        return user.map(named -> named.getUser().getExec());
    }

    /** What the client library makes of the entries; it runs the credential plugin. */
    private Config read() {
        Config read = Config.empty();
        ConfigBuilder entries = new ConfigBuilder().addToContexts(context).addToClusters(cluster);
        user.ifPresent(entries::addToUsers);
        try {
            KubeConfigUtils.merge(read, context.getName(), entries.build());
        } catch (KubernetesClientException e) {
            throw exec().map(this::noCredential)
                    .orElseGet(() -> new KubeconfigException(
                            "context \"" + context.getName() + "\": a certificate or key cannot be read"));
        }
        return read;
    }

    /** A token file and a credential plugin can give other tokens later: builds and waits outlive the first one. */
    private Header header(Config read) {
        if (read.getUsername() != null && read.getPassword() != null) {
            return new ClusterLogin.Basic(read.getUsername(), Password.of(read.getPassword()));
        }
        Optional<String> token = Optional.ofNullable(read.getAutoOAuthToken());
        Optional<String> file =
                user.map(named -> named.getUser().getTokenFile()).filter(name -> !name.isEmpty());
        if (file.isPresent()) {
            Password first = Password.of(token.orElseGet(() -> file(file.get(), "tokenFile")));
            return new ClusterLogin.Bearer(new TokenFile(Path.of(file.get()), first));
        }
        if (token.isPresent() && exec().isPresent()) {
            return new ClusterLogin.Bearer(
                    new ProgramToken(Password.of(token.get().strip()), this::tokenOfProgram));
        }
        return token.<Header>map(value -> ClusterLogin.Bearer.of(Password.of(value)))
                .orElseGet(ClusterLogin.None::new);
    }

    private Password tokenOfProgram() {
        return Password.of(Optional.ofNullable(read().getAutoOAuthToken())
                .orElseThrow(() -> noCredential(exec().orElseThrow()))
                .strip());
    }

    /** PEM, also when it was not encoded once more; "" for none. */
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

    private KubeconfigException noCredential(ExecConfig exec) {
        return new KubeconfigException(
                "user \"" + user.map(NamedAuthInfo::getName).orElse("") + "\": the program \"" + exec.getCommand()
                        + "\" gave no credential; run it by hand: " + command(exec));
    }

    private static String command(ExecConfig exec) {
        return String.join(
                " ",
                Stream.concat(
                                Stream.of(exec.getCommand()),
                                Stream.ofNullable(exec.getArgs()).flatMap(List::stream))
                        .toList());
    }
}
