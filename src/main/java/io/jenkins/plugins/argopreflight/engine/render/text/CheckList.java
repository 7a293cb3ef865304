package io.jenkins.plugins.argopreflight.engine.render.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.CheckPage;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.JsonParts;
import java.util.List;

/** The list of checks, and the help page of each check. */
public final class CheckList {

    private final List<CheckInfo> checks;

    public CheckList(List<CheckInfo> checks) {
        this.checks = List.copyOf(checks);
    }

    /** Returns a line for each check, by topic. */
    public String text(Style style) {
        Grid grid = new Grid("  ");
        for (Topic topic : Topic.values()) {
            for (CheckInfo check : checks) {
                if (check.topic() == topic) {
                    grid.row()
                            .cell(Label.of(topic), style::dim)
                            .cell(check.id(), style::strong)
                            .cell(check.gives())
                            .cell(check.summary());
                }
            }
        }
        return String.join("\n", grid.lines()) + "\n\n"
                + style.dim("argo-preflight explain ID shows the reason, the fix, and what the check cannot see")
                + "\n";
    }

    /** Returns the content of {@code docs/checks.md}. */
    public String markdown() {
        return CheckPage.markdown(checks);
    }

    public String json() {
        ObjectNode root = JsonParts.document();
        ArrayNode list = root.putArray("checks");
        for (CheckInfo check : checks) {
            ObjectNode node = list.addObject()
                    .put("id", check.id())
                    .put("summary", check.summary())
                    .put("severity", Label.of(check.severity()))
                    .put("topic", Label.of(check.topic()));
            JsonParts.strings(
                    node.putArray("outcomes"),
                    check.outcomes().stream().map(Outcome::name).toList());
            JsonParts.strings(
                    node.putArray("needs"),
                    check.needs().stream().map(Need::toString).toList());
            node.put("link", Finding.page(check.id()));
        }
        return JsonParts.text(root);
    }

    /** Returns the help page of a check. */
    public String explain(CheckInfo check, Style style) {
        StringBuilder out = new StringBuilder(style.strong(check.id()))
                .append(": ")
                .append(check.summary())
                .append('\n');
        out.append(style.dim(Label.of(check.topic()) + "; " + check.gives() + "; needs: " + check.needed()))
                .append("\n\n");
        CheckPage.of(check).orElse("").lines().forEach(line -> {
            boolean heading = line.startsWith("## ");
            out.append(heading ? style.strong(line.substring(3)) : line).append('\n');
        });
        return out.append('\n')
                .append(style.dim(Finding.page(check.id())))
                .append('\n')
                .toString();
    }
}
