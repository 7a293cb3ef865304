package io.jenkins.plugins.argopreflight.step;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.Lines;
import java.util.LinkedHashSet;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of the parameters of {@link CheckedStep}. */
public abstract class CheckedStepDescriptor extends ClusterStepDescriptor {

    private static final String PARAMETERS = "parameters";

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        Set<Class<?>> all = new LinkedHashSet<>(super.getRequiredContext());
        all.add(FlowNode.class);
        return all;
    }

    /**
     * Splits the text area of {@code parameters} into lines. A form submits it as one text; in a Jenkinsfile, a value
     * can have several lines.
     */
    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        if (form.opt(PARAMETERS) instanceof String text) {
            form.element(PARAMETERS, (Object) Lines.of(text));
        }
        return super.newInstance(request, form);
    }

    @POST
    public ListBoxModel doFillFailOnItems(@AncestorInPath Item item) {
        return gates(item);
    }

    @POST
    public ListBoxModel doFillUnstableOnItems(@AncestorInPath Item item) {
        return gates(item);
    }

    private static ListBoxModel gates(Item item) {
        return mayConfigure(item) ? Gates.unstableChoices(Messages.Gates_inherited()) : new ListBoxModel();
    }
}
