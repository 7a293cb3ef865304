package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Before each {@code argo-preflight sync} that a finding advises, the step that does the same from a Jenkinsfile. */
final class StepRemedies {

    private static final Pattern SYNC =
            Pattern.compile("argo-preflight sync(?<options>( --?[a-z-]+( [^\\s<-]\\S*)?)+)( < \\S+)?");
    private static final Pattern OPTION = Pattern.compile(" --?(?<name>[a-z-]+)( (?<value>[^\\s<-]\\S*))?");
    private static final Map<String, String> LISTS = Map.of("n", "namespaces", "service-account", "serviceAccounts");
    private static final List<String> FLAGS = List.of("adopt", "recreate");
    private static final List<String> LOGIN = List.of("registry", "username", "password-stdin");

    private final String cluster;

    /** @param cluster the configured one's name; "" when the step took another way to it */
    StepRemedies(String cluster) {
        this.cluster = cluster;
    }

    Report in(Report report) {
        return report.worded(this::advise);
    }

    private Finding advise(Finding finding) {
        List<String> all = finding.remediation().stream()
                .flatMap(remedy -> Stream.concat(step(remedy).stream(), Stream.of(remedy)))
                .toList();
        return finding.remedied(all);
    }

    /** What a shell would do besides becomes a comment. */
    Optional<String> step(String remedy) {
        List<String> lines = new ArrayList<>();
        boolean translated = false;
        for (String line : remedy.lines().toList()) {
            Optional<String> call = call(line);
            translated |= call.isPresent();
            lines.add(call.orElse(line.startsWith("#") ? "//" + line.substring(1) : "// first, in a shell: " + line));
        }
        return translated ? Optional.of(String.join("\n", lines)) : Optional.empty();
    }

    private Optional<String> call(String line) {
        Matcher sync = SYNC.matcher(line);
        if (!sync.matches()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> login = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(sync.group("options"));
        while (option.find()) {
            String name = option.group("name");
            String value = option.group("value");
            if (LOGIN.contains(name)) {
                login.put(name, value);
            } else if (LISTS.containsKey(name)) {
                parameters.put(LISTS.get(name), list(value));
            } else if (FLAGS.contains(name)) {
                parameters.put(name, "true");
            } else if (name.equals("name")) {
                parameters.put(name, quoted(value));
            } else {
                return Optional.empty();
            }
        }
        if (!cluster.isEmpty()) {
            parameters.put("cluster", quoted(cluster));
        }
        return Optional.of("// in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for " + whom(login)
                + "\nargoRegistrySecret "
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
                        .collect(Collectors.joining(", "))
                + ",\n    registries: [[url: " + quoted(login.get("registry")) + ", credentialsId: 'CREDENTIALS_ID']]");
    }

    private static String whom(Map<String, String> login) {
        String user = login.get("username");
        return (user.equals("USER") ? "" : "user " + user + " of ") + login.get("registry");
    }

    private static String list(String words) {
        return Stream.of(words.split(",")).map(StepRemedies::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
