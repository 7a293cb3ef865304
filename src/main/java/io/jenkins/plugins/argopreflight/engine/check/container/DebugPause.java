package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container that pauses until a file is written into it, which is meant for debugging. Source: argo-workflows
 * cmd/argoexec/commands/emissary.go, docs/debug-pause.md.
 */
public final class DebugPause extends ContainerCheck {

    private static final Map<String, String> PAUSES =
            Map.of("ARGO_DEBUG_PAUSE_BEFORE", "before", "ARGO_DEBUG_PAUSE_AFTER", "after");

    public DebugPause() {
        super(info("debug-pause", "A container pauses for debugging").ending(Ending.PENDING));
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        boolean executed = CommandLine.words(at.container().path("command")).contains("emissary");
        for (JsonNode env : at.container().path("env")) {
            String name = env.path("name").asText();
            if (executed
                    && PAUSES.containsKey(name)
                    && env.path("value").asText().equals("true")) {
                findings.add(finding(at, name));
            }
        }
        return findings;
    }

    private Finding finding(At at, String env) {
        String file = "/var/run/argo/ctr/" + at.name() + "/" + PAUSES.get(env);
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".env[" + env + "]"),
                        Title.capital(at.description()) + " has " + env + ". It pauses until the file " + file
                                + " is in it, and its deadline does not count: the workflow stays Running.")
                .title("Container %s pauses for debugging", at.name())
                .evidence(EvidenceLine.field("env", env + "=true"))
                .fix(AskPerson.reader("remove " + env + " from the env of " + at.description()));
    }
}
