package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Addresses;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodCollector;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of templates that call no other template, when their variables have values. */
final class LeafNodes {

    /** Pattern of a URL with a control character before the fragment. */
    private static final Pattern CONTROL = Pattern.compile("^[^#]*?[\\x00-\\x1f\\x7f]");

    private static final Pattern WEB = Pattern.compile("(?i)https?:");
    /** Pattern of a URL with a blank in its host: {@code http://my host/}. */
    private static final Pattern BLANK_IN_HOST = Pattern.compile("(?i)https?://[^/?#\\[ ]*+ ");

    private final Simulation run;
    private final PodCollector pods;

    LeafNodes(Simulation run, PodCollector pods) {
        this.run = run;
        this.pods = pods;
    }

    /** Checks an http or plugin template, and adds its node to those of the agent. */
    void checkAgentNode(TemplateType type, ResolvedTemplate resolved, TemplateCall call) {
        ObjectNode template = resolved.template();
        if (type == TemplateType.HTTP) {
            checkUrl(resolved, call);
        }
        if (type == TemplateType.PLUGIN) {
            checkPlugin(template, call);
        }
        pods.addAgentNode(call.certainty(), headerSecrets(template));
    }

    /**
     * Returns whether the maximum age of a cache's entries is valid. Source: argo-workflows
     * workflow/controller/operator.go (executeTemplate).
     */
    boolean hasValidAge(TemplateHolder.Found original, JsonNode memoize, TemplateCall call) {
        String age = Json.text(memoize, "maxAge");
        boolean isInvalid = isSubstituted(original.template().path("memoize"), "maxAge", age)
                && GoDuration.parse(age.replaceFirst("^[+-]", "")).isEmpty();
        if (isInvalid) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(original.document(), original.path() + ".memoize.maxAge"),
                    "invalid maxAge: time: invalid duration \"" + age + "\"; such as 10m or 24h");
        }
        return !isInvalid;
    }

    /**
     * Returns whether {@code timeout} and {@code activeDeadlineSeconds} are valid with the values of their variables.
     * Values without variables are checked with the template. Sources: argo-workflows workflow/controller/operator.go
     * (checkTemplateTimeout), workflow/validate/validate.go (validateTemplate).
     */
    boolean hasValidTimes(TemplateHolder.Found original, ObjectNode template, TemplateCall call) {
        String name = Json.text(template, "name");
        String timeout = Json.text(template, "timeout");
        String deadline = Json.text(template, "activeDeadlineSeconds");
        if (isSubstituted(original.template(), "timeout", timeout)
                && GoDuration.parse(timeout).isEmpty()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(original.document(), original.path() + ".timeout"),
                    "invalid timeout format. time: invalid duration \"" + timeout + "\"; such as 10m or 1h30m");
            return false;
        }
        if (isSubstituted(original.template(), "activeDeadlineSeconds", deadline) && !deadline.matches("\\+?\\d+")) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(original.document(), original.path() + ".activeDeadlineSeconds"),
                    "templates." + name
                            + ".activeDeadlineSeconds must be a positive integer > 0 or an argo variable, not "
                            + deadline);
            return false;
        }
        return true;
    }

    /** Returns whether a field has a known value in place of a variable. */
    private static boolean isSubstituted(JsonNode original, String field, String value) {
        return Json.text(original, field).contains("{{") && !value.isEmpty() && !UnknownValues.areIn(value);
    }

    /**
     * Checks that there is a plugin. The agent asks its plugins one after the other, and each decides whether it
     * executes the template. If there is none, the node ends with "no plugin executed the template"
     * (workflow/executor/agent.go).
     */
    private void checkPlugin(ObjectNode template, TemplateCall call) {
        boolean hasNoPlugin = run.controller().plugins(run.request.namespace()).isEmpty()
                && run.spec().path("executorPlugins").isEmpty()
                && !run.controller().setting("disableAgentPodCreation").asBoolean();
        if (hasNoPlugin) {
            run.missingPlugin(
                    call,
                    Problem.Thing.TEMPLATE.message(
                            Json.text(template, "name") + " needs an executor plugin, and none is installed"));
        }
    }

    /**
     * Checks the URL of an http template. Source: Go net/url (parse, parseHost), net/http (roundTrip), which
     * workflow/executor/agent.go uses.
     */
    private void checkUrl(ResolvedTemplate resolved, TemplateCall call) {
        String url = Json.text(resolved.template().path("http"), "url");
        // The parameters of a WorkflowTemplate have only their defaults here.
        boolean hasVariables =
                Json.text(resolved.found().template().path("http"), "url").contains("{{");
        boolean isDefault = hasVariables && run.request.workflow().kind().endsWith("Template");
        if (isDefault || UnknownValues.areIn(url)) {
            return;
        }
        String error = "";
        if (CONTROL.matcher(url).find()) {
            error = "invalid control character in URL, such as the end of a line";
        } else if (!WEB.matcher(url).lookingAt()) {
            error = "unsupported protocol scheme: it begins with http:// or https://";
        } else if (BLANK_IN_HOST.matcher(url).lookingAt()) {
            error = "invalid character \" \" in host name";
        }
        if (!error.isEmpty()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(
                                    resolved.found().document(),
                                    resolved.found().path() + ".http.url")
                            .withCertainty(call.certainty()
                                    .withTolerance(call.certainty().tolerance().errorAsFailed())),
                    "http request to '" + Addresses.shown(url) + "': " + error);
        }
    }

    /**
     * Returns the names of the Secrets that the headers of a request refer to. Source: argo-workflows
     * workflow/executor/agent.go (executeHTTPTemplateRequest).
     */
    private static List<String> headerSecrets(ObjectNode template) {
        List<String> secrets = new ArrayList<>();
        for (JsonNode header : template.path("http").path("headers")) {
            String secret = Json.text(header.path("valueFrom").path("secretKeyRef"), "name");
            if (!secret.isEmpty() && !UnknownValues.areIn(secret)) {
                secrets.add(secret);
            }
        }
        return secrets;
    }

    /** Checks a suspend template. The workflow fails if its deadline ends while it is suspended. */
    void checkSuspend(ResolvedTemplate resolved, TemplateCall call) {
        ObjectNode template = resolved.template();
        JsonNode deadline = run.spec().path("activeDeadlineSeconds");
        String duration = Json.text(template.path("suspend"), "duration");
        if (isSubstituted(resolved.found().template().path("suspend"), "duration", duration)
                && !GoDuration.isReadable(duration)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(
                            resolved.found().document(), resolved.found().path() + ".suspend.duration"),
                    "unable to parse " + duration + " as a duration; such as 90, 90s, 10m or 1h30m");
            return;
        }
        long seconds = GoDuration.seconds(duration).orElse(0L);
        if (deadline.isNumber() && deadline.asLong() > 0 && seconds >= deadline.asLong()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    Problem.Thing.TEMPLATE.message(Json.text(template, "name") + " suspends for " + duration
                            + ", and spec.activeDeadlineSeconds is " + deadline.asLong()
                            + ": the workflow exceeds its deadline first"));
        }
    }
}
