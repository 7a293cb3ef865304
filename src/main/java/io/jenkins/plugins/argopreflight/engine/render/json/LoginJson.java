package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.preflight.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport.Cost;
import java.util.List;

/** A login check in JSON as {@code docs/sync.schema.json} describes it. */
public final class LoginJson {

    /** Renders the whole report, with a newline at its end. */
    public String render(List<String> images, List<RegistryCredential> credentials, LoginCheck.Result result) {
        ObjectNode root = JsonParts.document();
        ObjectNode request = root.putObject("request").put("command", "login-check");
        JsonParts.strings(request.putArray("images"), images);
        JsonParts.registries(request.putArray("registries"), credentials);
        root.put("result", Label.of(RunResult.of(result.pulls())));
        root.set("pulls", PreflightJson.pulls(result.pulls()));
        root.putArray("unknown");
        JsonParts.cost(
                root.putObject("cost"),
                new Cost(
                        0,
                        0,
                        0,
                        Math.toIntExact(result.registryCalls()),
                        result.wall().toMillis()));
        return JsonParts.text(root);
    }
}
