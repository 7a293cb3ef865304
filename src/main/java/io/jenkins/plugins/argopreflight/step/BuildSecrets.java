package io.jenkins.plugins.argopreflight.step;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.EnvVars;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.util.secret.SecretMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The secrets in the environment of a build, such as those of {@code withCredentials}. Jenkins masks them only in the
 * log, so this class masks them in results and pages: a step's parameter can contain a secret, and a workflow that
 * receives it can repeat it in a message or a log.
 */
public final class BuildSecrets {

    /** The fields whose values are terms of this plugin and of Kubernetes. */
    private static final Set<String> FIXED = Set.of("check", "kind", "next", "phase", "type");

    /** The fields of a preflight's report whose values are terms of this plugin and of Kubernetes. */
    private static final Set<String> FIXED_IN_REPORT = Set.of(
            "answer",
            "cause",
            "check",
            "cluster",
            "consumer",
            "failOn",
            "id",
            "kind",
            "mode",
            "outcome",
            "party",
            "result",
            "severity",
            "topic",
            "verdict");

    private final SecretMask mask;

    /**
     * The minimum length of a line of a secret, in characters. Shorter lines, such as the braces of JSON, occur in many
     * texts.
     */
    private static final int MIN_LINE_LENGTH = 6;

    /**
     * Creates the secrets.
     *
     * @param values the secrets, of which each line is masked as well
     */
    BuildSecrets(List<String> values) {
        mask = new SecretMask(values.stream()
                .flatMap(value -> Stream.concat(
                        Stream.of(value.strip()),
                        value.lines().map(String::strip).filter(line -> line.length() >= MIN_LINE_LENGTH)))
                .flatMap(BuildSecrets::quoted)
                .toList());
    }

    /**
     * Returns a secret as it is, and as it is written between the quotes of JSON, of a shell (also in JSON), of YAML
     * and of Groovy.
     */
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

    /** Returns the diagnosis with the secrets masked in all texts. */
    public Diagnosis mask(Diagnosis diagnosis) {
        JsonNode tree = new DiagnosisJson().tree(diagnosis);
        return isMaskNeeded(tree)
                ? new DiagnosisJson().read(JsonTexts.replace(tree, FIXED, mask::mask), diagnosis)
                : diagnosis;
    }

    /** Returns the report with the secrets masked in all texts. */
    public Report mask(Report report) {
        JsonNode tree = new PreflightJson().tree(report);
        if (!isMaskNeeded(tree)) {
            return report;
        }
        JsonTexts.replace(tree, FIXED_IN_REPORT, mask::mask);
        // An observation quotes a server: its field "answer" is not a fixed term.
        tree.findValues("observations").forEach(each -> JsonTexts.replace(each, mask::mask));
        return new PreflightJson().read(tree);
    }

    /** Returns the workflow with the secrets masked in all texts. */
    public ObjectNode mask(ObjectNode workflow) {
        return isMaskNeeded(workflow)
                ? (ObjectNode) JsonTexts.replace(workflow.deepCopy(), FIXED, mask::mask)
                : workflow;
    }

    /** Returns the line with the secrets masked. */
    public String mask(String line) {
        return mask.mask(line);
    }

    /** Returns whether a text in the tree contains one of the secrets. */
    private boolean isMaskNeeded(JsonNode node) {
        return node.isTextual()
                ? mask.isNeededFor(node.textValue())
                : node.valueStream().anyMatch(this::isMaskNeeded);
    }
}
