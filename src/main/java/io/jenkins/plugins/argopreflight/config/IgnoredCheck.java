package io.jenkins.plugins.argopreflight.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.credentials.CredentialForms;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A suppression: a check whose findings do not count, with a reason and an end. */
public class IgnoredCheck implements Describable<IgnoredCheck>, Serializable {

    private static final long serialVersionUID = 1L;

    private String id;
    private String reason = "";
    private String until = "";

    @DataBoundConstructor
    public IgnoredCheck(String id) {
        this.id = Util.fixNull(id).trim();
    }

    public String getId() {
        return id;
    }

    public String getReason() {
        return reason;
    }

    @DataBoundSetter
    public void setReason(String reason) {
        this.reason = Util.fixNull(reason).trim();
    }

    public String getUntil() {
        return until;
    }

    @DataBoundSetter
    public void setUntil(String until) {
        this.until = Util.fixNull(until).trim();
    }

    @SuppressWarnings(
            "UnusedMethod") // XStream calls this method, and no constructor: fields that are not stored are null.
    private Object readResolve() {
        id = Util.fixNull(id);
        reason = Util.fixNull(reason);
        until = Util.fixNull(until);
        return this;
    }

    /**
     * Returns the suppression as a value of the engine.
     *
     * @throws IllegalArgumentException if {@code until} is not a date
     */
    Suppression toSuppression() {
        try {
            return new Suppression(
                    id, reason, until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Messages.Suppression_noDate(id, until), e);
        }
    }

    @Extension
    @Symbol("ignoredCheck")
    public static class DescriptorImpl extends Descriptor<IgnoredCheck> {

        @Override
        public String getDisplayName() {
            return Messages.Suppression_displayName();
        }

        @POST
        public FormValidation doCheckId(@AncestorInPath Item item, @QueryParameter String value) {
            String id = Util.fixNull(value).trim();
            return id.isEmpty() || !CredentialForms.mayList(item)
                    ? FormValidation.ok()
                    : Suppression.problem(id)
                            .map(FormValidation::error)
                            .or(() -> Suppression.warning(id).map(FormValidation::warning))
                            .orElseGet(FormValidation::ok);
        }

        @POST
        public FormValidation doCheckUntil(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialForms.mayList(item)) {
                return FormValidation.ok();
            }
            IgnoredCheck check = new IgnoredCheck("");
            check.setUntil(value);
            try {
                check.toSuppression();
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(Messages.Suppression_until());
            }
        }
    }
}
