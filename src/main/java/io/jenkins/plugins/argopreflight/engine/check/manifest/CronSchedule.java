package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for a CronWorkflow that will never start a workflow. Source: argo-workflows workflow/validate/validate.go
 * (ValidateCronWorkflow), workflow/cron/operator.go (reportCronWorkflowError).
 */
public final class CronSchedule extends ItemCheck<WorkflowFacts> {

    private static final int MAX_NAME_CHARACTERS = 52;
    private static final Set<String> POLICIES = Set.of("", "Allow", "Forbid", "Replace");
    /** Names of time zones that Go accepts and Java does not list. */
    private static final Set<String> OTHER_ZONES = Set.of("", "UTC", "Local", "EST", "MST", "HST", "ROC", "Factory");

    private static final String TITLE = "CronWorkflow %s never starts a workflow";
    private static final Pattern TAG = Pattern.compile("(?s)\\{\\{(=?)(.*?)}}");
    /**
     * Matches a double quote, which Argo does not accept in an expression: it reads the expression as a part of a JSON
     * text.
     */
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("(?<!\\\\)\"");
    /** The variables whose value is a text. A plain tag resolves no other variable. */
    private static final List<String> TEXT_VARIABLES = List.of("cronworkflow.name", "cronworkflow.namespace");

    public CronSchedule() {
        super(
                CheckInfo.error(
                        "cron-schedule", "Argo refuses a CronWorkflow, so it never starts a workflow", Topic.WORKFLOW),
                Facts::workflows);
    }

    @Override
    protected boolean concerns(WorkflowFacts workflow) {
        return workflow.document().kind().equals("CronWorkflow");
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        List<Finding> findings = new Findings();
        JsonNode spec = workflow.document().root().path("spec");
        String name = workflow.document().name();
        if (name.length() > MAX_NAME_CHARACTERS) {
            findings.add(finding(
                    workflow,
                    "metadata.name",
                    "cron workflow name \"" + name + "\" must not be more than 52 characters long (currently "
                            + name.length() + ")",
                    ChangeField.to(Yaml.of("metadata:\n  name: $name")
                            .with(
                                    "name",
                                    name.substring(0, MAX_NAME_CHARACTERS).replaceFirst("(?<![-.])[-.]++$", "")))));
        }
        List<String> schedules = new ArrayList<>();
        spec.path("schedules").forEach(each -> schedules.add(Json.text(each)));
        for (int i = 0; i < schedules.size(); i++) {
            schedule(workflow, "spec.schedules[" + i + "]", schedules.get(i)).ifPresent(findings::add);
        }
        if (spec.has("schedule")) {
            schedule(workflow, "spec.schedule", Json.text(spec, "schedule")).ifPresent(findings::add);
        } else if (schedules.isEmpty()) {
            findings.add(finding(
                    workflow,
                    "spec.schedules",
                    "cron workflow must have at least one schedule",
                    ChangeField.to(Yaml.of("spec:\n  schedules: [\"0 3 * * *\"] # every night at three"))));
        }
        String zone = Json.text(spec, "timezone");
        if (!OTHER_ZONES.contains(zone) && !ZoneId.getAvailableZoneIds().contains(zone)) {
            Optional<String> suggestion = SimilarNames.to(zone, ZoneId.getAvailableZoneIds());
            findings.add(finding(
                    workflow,
                    "spec.timezone",
                    "invalid timezone \"" + zone + "\": unknown time zone " + zone,
                    suggestion,
                    suggestion
                            .map(each -> ChangeField.to(
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
            String expression = Json.text(spec.path("stopStrategy"), "expression");
            expressionProblem(expression)
                    .map(reason -> finding(
                            workflow,
                            "spec.stopStrategy.expression",
                            "failed to evaluate stop expression: " + reason,
                            ChangeField.to(
                                    Yaml.of("spec:\n  stopStrategy:\n    expression: cronworkflow.failed >= 3"))))
                    .ifPresent(findings::add);
        }
        whenProblem(Json.text(spec, "when"))
                .map(reason -> Finding.fail(
                                info(),
                                Places.workflow(workflow, "spec.when"),
                                reason
                                        + ". Argo sets the condition SubmissionError each time and never starts a workflow.")
                        .title(TITLE, name)
                        .evidence(EvidenceLine.words("spec.when: " + reason))
                        .fix(ChangeField.to(Yaml.of("spec:\n  when: \"{{=cronworkflow.failed == 0}}\""))))
                .ifPresent(findings::add);
        String policy = Json.text(spec, "concurrencyPolicy");
        if (!POLICIES.contains(policy)) {
            findings.add(finding(
                    workflow,
                    "spec.concurrencyPolicy",
                    "'" + policy + "' is not a valid concurrencyPolicy",
                    ChangeField.to(Yaml.of("spec:\n  concurrencyPolicy: Forbid # or Allow, Replace"))));
        }
        return findings;
    }

    /** Returns the reason why an expression cannot be evaluated. Its variables are those of the CronWorkflow. */
    private static Optional<String> expressionProblem(String expression) {
        Expression parsed = Expression.parse(expression);
        return parsed.syntaxError()
                .or(() -> parsed.unknownName(Set.of("cronworkflow"))
                        .map(name -> UnknownNames.words(name) + ": the variables there are those of cronworkflow"));
    }

    /**
     * Returns the reason why a {@code when} cannot be evaluated. Source: argo-workflows workflow/cron/operator.go
     * (evalWhen).
     */
    private static Optional<String> whenProblem(String when) {
        Matcher tag = TAG.matcher(when);
        while (tag.find()) {
            String inside = tag.group(2);
            if (tag.group(1).isEmpty() && !TEXT_VARIABLES.contains(inside.strip())) {
                return Optional.of("run policy error: failed to resolve " + tag.group() + ": as a text there are only "
                        + String.join(" and ", TEXT_VARIABLES));
            }
            Optional<String> reason = tag.group(1).isEmpty()
                    ? Optional.empty()
                    : DOUBLE_QUOTE.matcher(inside).find()
                            ? Optional.of("a text in double quotes; write single ones")
                            : expressionProblem(inside);
            if (reason.isPresent()) {
                return Optional.of(
                        "run policy error: failed to evaluate expression " + tag.group() + ": " + reason.get());
            }
        }
        return when.contains("{{") ? Optional.empty() : When.refusal(when).map(reason -> "run policy error: " + reason);
    }

    private Optional<Finding> schedule(WorkflowFacts workflow, String path, String schedule) {
        return CronExpression.problem(schedule)
                .map(reason -> finding(
                        workflow,
                        path,
                        "cron schedule " + schedule + " is malformed: " + reason,
                        ChangeField.to(Yaml.of("spec:\n  schedules: [\"0 3 * * *\"]"))
                                .without(path.equals("spec.schedule") ? new String[] {"spec.schedule"} : new String[0])
                                .because("minute hour day-of-month month day-of-week (0 is Sunday), such as every night"
                                        + " at three:")));
    }

    private Finding finding(WorkflowFacts workflow, String path, String reason, Fix fix) {
        return finding(workflow, path, reason, Optional.empty(), fix);
    }

    /**
     * Creates the finding.
     *
     * @param suggestion a similar name that Argo knows
     */
    private Finding finding(WorkflowFacts workflow, String path, String reason, Optional<String> suggestion, Fix fix) {
        String question = SimilarNames.question(suggestion);
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, path),
                        reason + (suggestion.isEmpty() ? "." : question)
                                + " The API server accepts the CronWorkflow, but Argo sets its"
                                + " condition SpecError and never starts a workflow.")
                .title(TITLE, workflow.document().name())
                .evidence(EvidenceLine.words(path + ": " + reason + question))
                .fix(fix);
    }
}
