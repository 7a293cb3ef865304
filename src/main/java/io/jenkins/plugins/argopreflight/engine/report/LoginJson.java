package io.jenkins.plugins.argopreflight.engine.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.RunResult;
import io.jenkins.plugins.argopreflight.engine.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import java.util.List;

/** A login check for programs: {@code docs/sync.schema.json}. */
public final class LoginJson {

    /** The whole report, with a newline at its end. */
    public String render(List<String> images, List<RegistryCredential> credentials, LoginCheck.Result result) {
        ObjectNode root = Json.document();
        ObjectNode request = root.putObject("request").put("command", "login-check");
        Json.strings(request.putArray("images"), images);
        Json.registries(request.putArray("registries"), credentials);
        root.put("result", Json.label(RunResult.of(result.pulls())));
        PullJson.write(root.putArray("pulls"), result.pulls());
        root.putArray("unknown");
        Json.cost(
                root.putObject("cost"),
                new Cost(
                        0,
                        0,
                        0,
                        Math.toIntExact(result.registryCalls()),
                        result.wall().toMillis()));
        return Json.text(root);
    }
}
