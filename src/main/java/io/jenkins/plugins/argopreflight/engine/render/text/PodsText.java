package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.argo.PodYaml;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReport;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pods as YAML, one document for each. Comments at the beginning list the values that are not known. */
public final class PodsText {

    public String render(PodsReport report) {
        StringBuilder out =
                new StringBuilder("# Pods as Argo ").append(report.argo()).append(" creates them");
        if (!report.configuration().isEmpty()) {
            out.append(", with the controller's settings of ").append(report.configuration());
        }
        out.append('\n');
        Map<String, List<Unavailable>> byReason = report.unknown().stream()
                .collect(Collectors.groupingBy(Unavailable::reason, LinkedHashMap::new, Collectors.toList()));
        byReason.forEach((reason, facts) -> {
            out.append("# Not known, as ").append(Visible.line(reason)).append(":\n");
            facts.forEach(
                    each -> out.append("#   ").append(Visible.line(each.fact())).append('\n'));
        });
        report.workflows().forEach(each -> workflow(out, each));
        return out.toString();
    }

    private static void workflow(StringBuilder out, WorkflowFacts workflow) {
        String title = "# " + title(workflow);
        Document document = workflow.document();
        List<String> supplied = workflow.suppliedByCaller();
        if (!supplied.isEmpty()) {
            out.append("# ")
                    .append(Summary.suppliedByCaller(document.kind(), document.nameOrPrefix(), supplied))
                    .append('\n');
        }
        if (workflow.pods().isEmpty()) {
            out.append("---\n").append(title).append(": no pod\n");
        }
        for (ArgoPod pod : workflow.pods()) {
            out.append("---\n").append(title).append('\n').append(PodYaml.render(pod));
        }
    }

    private static String title(WorkflowFacts workflow) {
        Document document = workflow.document();
        return Visible.line(document.kind() + " " + document.nameOrPrefix() + " (" + document.locate("") + ")");
    }
}
