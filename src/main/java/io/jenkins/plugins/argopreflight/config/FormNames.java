package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** The validation of names in a form: clusters, namespaces and hosts. */
final class FormNames {

    /** A host name, or an IPv6 address in brackets, with an optional port: {@code [::1]:5000}. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]+\\](:[0-9]{1,5})?");

    private FormNames() {}

    /** Validates the name of a cluster. An unknown name is only a warning, since the same form can add the cluster. */
    static FormValidation checkCluster(@Nullable Item item, String value) {
        String name = Util.fixNull(value).trim();
        Set<String> known = new TreeSet<>(JobSettings.of(item).clusters().keySet());
        if (name.isEmpty() || known.contains(name)) {
            return FormValidation.ok();
        }
        return FormValidation.warning(
                known.isEmpty()
                        ? Messages.Cluster_none(name)
                        : Messages.Cluster_unknown(name, String.join(", ", known)));
    }

    /**
     * Checks that each cluster of a form has a name.
     *
     * @throws FormException if one has no name
     */
    static void requireClusterNames(JSONObject form) throws FormException {
        Object clusters = form.opt("clusters");
        Collection<?> all = clusters instanceof Collection<?> several
                ? several
                : Stream.ofNullable(clusters).toList();
        for (Object cluster : all) {
            if (cluster instanceof Map<?, ?> fields
                    && String.valueOf(fields.get("name")).isBlank()) {
                throw new FormException(Messages.Cluster_name(), "clusters");
            }
        }
    }

    static FormValidation checkNamespace(String value) {
        String name = Util.fixNull(value).trim();
        return name.isEmpty() || ObjectNames.label(name).isEmpty()
                ? FormValidation.ok()
                : FormValidation.error(Messages.Namespace_form(name));
    }

    /** Validates hosts. */
    static FormValidation checkHosts(String value) {
        return check(value, UnaryOperator.identity());
    }

    /** Validates hosts, in which {@code *} can stand for a part of a label. */
    static FormValidation checkHostGlobs(String value) {
        return check(value, host -> host.replace('*', 'x'));
    }

    private static FormValidation check(String value, UnaryOperator<String> example) {
        return Lines.clean(List.of(Util.fixNull(value))).stream()
                .filter(host -> !HOST.matcher(example.apply(host)).matches())
                .findFirst()
                .map(host -> FormValidation.error(Messages.Host_form(host)))
                .orElseGet(FormValidation::ok);
    }
}
