package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedExtension;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program in the user's own kubeconfig that logs in. It runs as in kubectl: no shell reads its arguments, and its
 * standard error is shown to the user.
 *
 * @param authority PEM of the cluster's authorities; "" for none
 * @see <a href="https://github.com/kubernetes/client-go/blob/v0.34.4/plugin/pkg/client/auth/exec/exec.go">client-go</a>
 */
record CredentialPlugin(ExecConfig exec, Cluster cluster, String authority) {

    /** The time after which the program is ended. A program can open a browser for a login; this takes less. */
    private static final int MAX_MINUTES = 5;

    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final String KIND = "ExecCredential";
    private static final String CLUSTER_CONFIG = "client.authentication.k8s.io/exec";
    private static final JsonMapper JSON = new JsonMapper();

    /** The answer of the program: a token, a certificate with its key, or both. */
    record Credential(Optional<Password> token, Optional<ClusterLogin.Certificate> certificate) {}

    /** Runs the program and returns its credential; empty if it returned none. */
    Optional<Credential> run() {
        try {
            ProcessBuilder builder = new ProcessBuilder().redirectError(ProcessBuilder.Redirect.INHERIT);
            Map<String, String> environment = builder.environment();
            Optional<File> program = program();
            if (program.isEmpty()) {
                return Optional.empty();
            }
            List<String> words = new ArrayList<>(List.of(program.get().getPath()));
            elements(exec.getArgs()).forEach(each -> words.add(Objects.toString(each, "")));
            elements(exec.getEnv())
                    .forEach(each -> environment.put(
                            Objects.toString(each.getName(), ""), Objects.toString(each.getValue(), "")));
            environment.put("KUBERNETES_EXEC_INFO", info().toString());
            return credential(answer(builder.command(words).start()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Returns the program as Go finds it: by its path, or else in the folders of PATH, but never in the working folder
     * of this process.
     */
    private Optional<File> program() {
        String command = Objects.toString(exec.getCommand(), "");
        String endings = "";
        if (File.separatorChar == '\\') {
            endings = (new File(command).getName().contains(".") ? ";" : "")
                    + Objects.requireNonNullElse(System.getenv("PATHEXT"), ".COM;.EXE;.BAT;.CMD");
        }
        List<String> names = Stream.of(endings.split(";")).map(command::concat).toList();
        Stream<File> found = command.contains("/") || command.contains(File.separator)
                ? names.stream().map(File::new)
                : Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator))
                        .map(File::new)
                        .filter(File::isAbsolute)
                        .flatMap(folder -> names.stream().map(name -> new File(folder, name)));
        return found.filter(file -> file.isFile() && file.canExecute()).findFirst();
    }

    /**
     * Returns the information for the program about this call. The program is not allowed to interact with the user.
     */
    private ObjectNode info() {
        ObjectNode info = JSON.createObjectNode().put("kind", KIND).put("apiVersion", exec.getApiVersion());
        ObjectNode spec = info.putObject("spec").put("interactive", false);
        if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
            ObjectNode clusterInfo = spec.putObject("cluster").put("server", cluster.getServer());
            put(clusterInfo, "tls-server-name", cluster.getTlsServerName());
            put(clusterInfo, "proxy-url", cluster.getProxyUrl());
            put(clusterInfo, "insecure-skip-tls-verify", cluster.getInsecureSkipTlsVerify());
            put(clusterInfo, "disable-compression", cluster.getDisableCompression());
            if (!authority.isEmpty()) {
                clusterInfo.put("certificate-authority-data", authority.getBytes(StandardCharsets.UTF_8));
            }
            elements(cluster.getExtensions())
                    .filter(each -> CLUSTER_CONFIG.equals(each.getName()))
                    .map(NamedExtension::getExtension)
                    .forEach(config -> put(clusterInfo, "config", config));
        }
        return info;
    }

    private static <T> Stream<T> elements(@Nullable List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static void put(ObjectNode target, String field, @Nullable Object value) {
        if (value != null) {
            target.set(field, JSON.valueToTree(value));
        }
    }

    /** Returns the standard output of the program; "" if it failed. */
    private static String answer(Process process) throws IOException, InterruptedException {
        CompletableFuture<Void> timeout = CompletableFuture.runAsync(
                () -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(MAX_MINUTES, TimeUnit.MINUTES));
        try {
            process.getOutputStream().close();
            byte[] answer;
            try (InputStream out = process.getInputStream()) {
                answer = out.readNBytes(MAX_ANSWER_BYTES);
            }
            return process.waitFor() == 0 ? new String(answer, StandardCharsets.UTF_8) : "";
        } finally {
            timeout.cancel(false);
            process.destroy();
        }
    }

    private Optional<Credential> credential(String answer) throws IOException {
        JsonNode read = JSON.readTree(answer);
        JsonNode status = read.path("status");
        if (!Json.text(read, "kind").equals(KIND)
                || !Json.text(read, "apiVersion").equals(exec.getApiVersion())) {
            return Optional.empty();
        }
        String token = text(status, "token").strip();
        String chain = text(status, "clientCertificateData");
        String key = text(status, "clientKeyData");
        if (chain.isEmpty() != key.isEmpty() || token.isEmpty() && chain.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Credential(
                token.isEmpty() ? Optional.empty() : Optional.of(Password.of(token)),
                chain.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ClusterLogin.Certificate(chain, Password.of(key)))));
    }

    /** Returns a text as Go reads it: "" for null. */
    private static String text(JsonNode status, String field) {
        return status.path(field).isTextual() ? status.get(field).textValue() : "";
    }
}
