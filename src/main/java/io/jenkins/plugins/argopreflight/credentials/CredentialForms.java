package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Drop-downs of credentials. A user who is not allowed to use credentials here learns nothing from them, not even their
 * ids.
 */
public final class CredentialForms {

    private CredentialForms() {}

    /**
     * Returns the credentials that a form can offer.
     *
     * @param item the job or folder that is configured; null for Jenkins itself
     * @param current the value in the form now, which is always offered
     */
    public static ListBoxModel fill(
            Item item, String current, List<DomainRequirement> requirements, CredentialsMatcher matcher) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (!mayList(item)) {
            return choices.includeCurrentValue(current);
        }
        choices.includeEmptyValue();
        if (item == null) {
            choices.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, requirements, matcher);
        } else if (item instanceof ItemGroup<?> folder) {
            choices.includeMatchingAs(ACL.SYSTEM2, folder, StandardCredentials.class, requirements, matcher);
        } else {
            choices.includeMatchingAs(
                    CredentialSearch.authentication(item), item, StandardCredentials.class, requirements, matcher);
        }
        return choices.includeCurrentValue(current);
    }

    /**
     * Checks that the chosen credentials exist. A user who is not allowed to list them gets the same answer for every
     * id.
     */
    public static FormValidation check(
            Item item, String id, List<DomainRequirement> requirements, CredentialsMatcher matcher) {
        if (!mayList(item) || id.isBlank()) {
            return FormValidation.ok();
        }
        if (id.startsWith("${") && id.endsWith("}")) {
            return FormValidation.warning(Messages.CredentialForms_expression());
        }
        CredentialsMatcher wanted = CredentialsMatchers.allOf(CredentialsMatchers.withId(id), matcher);
        ListBoxModel found;
        if (item == null) {
            found = CredentialsProvider.listCredentialsInItemGroup(
                    StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements, wanted);
        } else if (item instanceof ItemGroup<?> folder) {
            found = CredentialsProvider.listCredentialsInItemGroup(
                    StandardCredentials.class, folder, ACL.SYSTEM2, requirements, wanted);
        } else {
            found = CredentialsProvider.listCredentialsInItem(
                    StandardCredentials.class, item, CredentialSearch.authentication(item), requirements, wanted);
        }
        return found.isEmpty() ? FormValidation.error(Messages.CredentialForms_notFound()) : FormValidation.ok();
    }

    /** Returns whether the user can configure this item, or use its credentials. */
    public static boolean mayList(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
