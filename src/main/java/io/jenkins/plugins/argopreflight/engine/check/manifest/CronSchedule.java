package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ExpressionSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CronWorkflow that will never start anything; source: argo-workflows workflow/validate/validate.go
 * (ValidateCronWorkflow), workflow/cron/operator.go (reportCronWorkflowError).
 */
public final class CronSchedule implements Check {

    private static final int MAX_NAME = 52;
    private static final Set<String> POLICIES = Set.of("", "Allow", "Forbid", "Replace");
    /** Zones of Go's database that Java spells otherwise. */
    private static final Set<String> MORE_ZONES = Set.of("", "UTC", "Local", "EST", "MST", "HST", "ROC", "Factory");

    private static final String TITLE = "CronWorkflow %s never starts a workflow";
    private static final Pattern TAG = Pattern.compile("(?s)\\{\\{(=?)(.*?)}}");
    /** Argo reads the expression as a part of a JSON text. */
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("(?<!\\\\)\"");
    /** The variables that have a text; of the others a plain tag does not resolve. */
    private static final List<String> TEXTS = List.of("cronworkflow.name", "cronworkflow.namespace");

    private static final CheckInfo INFO = new CheckInfo(
            "cron-schedule",
            "Argo refuses a CronWorkflow, so it never starts a workflow",
            Severity.ERROR,
            Topic.WORKFLOW);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream()
                .anyMatch(each -> each.document().kind().equals("CronWorkflow"));
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            if (workflow.document().kind().equals("CronWorkflow")) {
                check(workflow, findings);
            }
        }
        return findings;
    }

    private static void check(WorkflowFacts workflow, List<Finding> findings) {
        JsonNode spec = workflow.document().root().path("spec");
        String name = workflow.document().name();
        if (name.length() > MAX_NAME) {
            findings.add(finding(
                    workflow,
                    "metadata.name",
                    "cron workflow name \"" + name + "\" must not be more than 52 characters long (currently "
                            + name.length() + ")",
                    ChangeField.to(Yaml.of("metadata:\n  name: $name")
                            .with("name", name.substring(0, MAX_NAME).replaceFirst("(?<![-.])[-.]++$", "")))));
        }
        List<String> schedules = new ArrayList<>();
        spec.path("schedules").forEach(each -> schedules.add(each.asText("")));
        for (int i = 0; i < schedules.size(); i++) {
            schedule(workflow, "spec.schedules[" + i + "]", schedules.get(i)).ifPresent(findings::add);
        }
        if (spec.has("schedule")) {
            schedule(workflow, "spec.schedule", Objects.text(spec, "schedule")).ifPresent(findings::add);
        } else if (schedules.isEmpty()) {
            findings.add(finding(
                    workflow,
                    "spec.schedules",
                    "cron workflow must have at least one schedule",
                    ChangeField.to(Yaml.of("spec:\n  schedules: [\"0 3 * * *\"] # every night at three"))));
        }
        String zone = Objects.text(spec, "timezone");
        if (!MORE_ZONES.contains(zone) && !ZoneId.getAvailableZoneIds().contains(zone)) {
            Optional<String> near = Nearest.to(zone, ZoneId.getAvailableZoneIds());
            findings.add(finding(
                    workflow,
                    "spec.timezone",
                    "invalid timezone \"" + zone + "\": unknown time zone " + zone
                            + near.map(each -> "; did you mean " + each + "?").orElse(""),
                    near.map(each -> ChangeField.to(
                                    Yaml.of("spec:\n  timezone: $zone").with("zone", each)))
                            .orElseGet(() -> ChangeField.to(
                                    Yaml.of("spec:\n  timezone: Etc/UTC # a name of the IANA time zone database")))));
        }
        if (spec.path("startingDeadlineSeconds").asLong() < 0) {
            findings.add(finding(
                    workflow,
                    "spec.startingDeadlineSeconds",
                    "startingDeadlineSeconds must be positive",
                    ChangeField.to(Yaml.of("spec:\n  startingDeadlineSeconds: 60"))));
        }
        if (spec.path("stopStrategy").isObject()) {
            String expression = Objects.text(spec.path("stopStrategy"), "expression");
            expression(expression)
                    .map(why -> finding(
                            workflow,
                            "spec.stopStrategy.expression",
                            "failed to evaluate stop expression: " + why,
                            ChangeField.to(
                                    Yaml.of("spec:\n  stopStrategy:\n    expression: cronworkflow.failed >= 3"))))
                    .ifPresent(findings::add);
        }
        when(Objects.text(spec, "when"))
                .map(why -> Finding.fail(
                                INFO,
                                Places.workflow(workflow, "spec.when"),
                                why
                                        + ". Argo sets the condition SubmissionError each time and never starts a workflow.")
                        .title(TITLE, name)
                        .evidence(EvidenceLine.words("spec.when: " + why))
                        .fix(ChangeField.to(Yaml.of("spec:\n  when: \"{{=cronworkflow.failed == 0}}\""))))
                .ifPresent(findings::add);
        String policy = Objects.text(spec, "concurrencyPolicy");
        if (!POLICIES.contains(policy)) {
            findings.add(finding(
                    workflow,
                    "spec.concurrencyPolicy",
                    "'" + policy + "' is not a valid concurrencyPolicy",
                    ChangeField.to(Yaml.of("spec:\n  concurrencyPolicy: Forbid # or Allow, Replace"))));
        }
    }

    /** Why it cannot be evaluated; its variables are those of the CronWorkflow. */
    private static Optional<String> expression(String expression) {
        return ExpressionSyntax.problem(expression)
                .or(() -> UnknownNames.first(expression, Set.of("cronworkflow"))
                        .map(name -> UnknownNames.words(name) + ": the variables there are those of cronworkflow"));
    }

    /** Source: argo-workflows workflow/cron/operator.go (evalWhen). */
    private static Optional<String> when(String when) {
        Matcher tag = TAG.matcher(when);
        while (tag.find()) {
            String inside = tag.group(2);
            if (tag.group(1).isEmpty() && !TEXTS.contains(inside.strip())) {
                return Optional.of("run policy error: failed to resolve " + tag.group() + ": as a text there are only "
                        + String.join(" and ", TEXTS));
            }
            Optional<String> why = tag.group(1).isEmpty()
                    ? Optional.empty()
                    : DOUBLE_QUOTE.matcher(inside).find()
                            ? Optional.of("a text in double quotes; write single ones")
                            : expression(inside);
            if (why.isPresent()) {
                return Optional.of("run policy error: failed to evaluate expression " + tag.group() + ": " + why.get());
            }
        }
        return when.contains("{{") ? Optional.empty() : When.refusal(when).map(why -> "run policy error: " + why);
    }

    private static Optional<Finding> schedule(WorkflowFacts workflow, String path, String schedule) {
        return CronExpression.problem(schedule)
                .map(why -> finding(
                        workflow,
                        path,
                        "cron schedule " + schedule + " is malformed: " + why,
                        ChangeField.to(Yaml.of("spec:\n  schedules: [\"0 3 * * *\"]"))
                                .without(path.equals("spec.schedule") ? new String[] {"spec.schedule"} : new String[0])
                                .because("minute hour day-of-month month day-of-week (0 is Sunday), such as every night"
                                        + " at three:")));
    }

    private static Finding finding(WorkflowFacts workflow, String path, String why, Fix fix) {
        return Finding.fail(
                        INFO,
                        Places.workflow(workflow, path),
                        (why.endsWith("?") ? why : why + ".")
                                + " The API server accepts the CronWorkflow, but Argo sets its"
                                + " condition SpecError and never starts a workflow.")
                .title(TITLE, workflow.document().name())
                .evidence(EvidenceLine.words(path + ": " + why))
                .fix(fix);
    }
}
