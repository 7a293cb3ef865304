package io.jenkins.plugins.argopreflight.step;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.EnvVars;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.kube.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.secret.SecretMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The secrets that the build has in its environment, such as those of {@code withCredentials}: a parameter of a step can
 * hold one, a workflow that got one can repeat it in a message or a log, and what a step returns or shows on a page is not
 * masked as the build's log is.
 */
public final class BuildSecrets {

    /** Their values are words of this plugin and of Kubernetes. */
    private static final Set<String> FIXED = Set.of("check", "kind", "next", "phase", "type");

    /** The same in the report of a preflight. */
    private static final Set<String> FIXED_IN_REPORT = Set.of(
            "cause",
            "check",
            "cluster",
            "consumer",
            "failOn",
            "id",
            "kind",
            "mode",
            "outcome",
            "result",
            "severity",
            "topic",
            "verdict");

    private final SecretMask mask;

    /** Shorter lines of a secret, such as the braces of a JSON, are everywhere. */
    private static final int SHORTEST_LINE = 6;

    /** @param values each with its lines */
    BuildSecrets(List<String> values) {
        mask = new SecretMask(values.stream()
                .flatMap(value -> Stream.concat(
                        Stream.of(value.strip()),
                        value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE)))
                .flatMap(BuildSecrets::quoted)
                .toList());
    }

    /** As it is, and between the quotes of JSON, of a shell (also in JSON), of YAML and of Groovy. */
    private static Stream<String> quoted(String secret) {
        String json = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret));
        return Stream.of(
                secret,
                json,
                secret.replace("'", "'\\''"),
                json.replace("'", "'\\''"),
                secret.replace("'", "''"),
                secret.replace("\\", "\\\\").replace("'", "\\'"));
    }

    public static BuildSecrets of(StepContext context) throws IOException, InterruptedException {
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        EnvVars variables = context.get(EnvVars.class);
        List<String> values = new ArrayList<>();
        if (expander != null && variables != null) {
            expander.getSensitiveVariables().forEach(name -> values.add(variables.getOrDefault(name, "")));
        }
        return new BuildSecrets(values);
    }

    /** The same with each secret masked in every text. */
    public Diagnosis hiddenIn(Diagnosis found) {
        JsonNode tree = new DiagnosisJson().tree(found);
        return isIn(tree) ? new DiagnosisJson().read(JsonTexts.replace(tree, FIXED, mask::mask)) : found;
    }

    /** The same with each secret masked in every text. */
    public Report hiddenIn(Report found) {
        JsonNode tree = new PreflightJson().tree(found);
        return isIn(tree) ? new PreflightJson().read(JsonTexts.replace(tree, FIXED_IN_REPORT, mask::mask)) : found;
    }

    /** The same with each secret masked in every text. */
    public ObjectNode hiddenIn(ObjectNode workflow) {
        return isIn(workflow) ? (ObjectNode) JsonTexts.replace(workflow.deepCopy(), FIXED, mask::mask) : workflow;
    }

    /** The same with each secret masked. */
    public String hiddenIn(String line) {
        return mask.mask(line);
    }

    private boolean isIn(JsonNode node) {
        return node.isTextual()
                ? mask.isIn(node.textValue())
                : node.valueStream().anyMatch(this::isIn);
    }
}
