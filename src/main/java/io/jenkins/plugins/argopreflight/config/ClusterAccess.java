package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** The jobs that can use a configured cluster, and the validation of its access settings. */
public final class ClusterAccess {

    private static final Pattern NAMESPACE_GLOB = Pattern.compile("[a-z0-9*?-]{1,63}");

    private ClusterAccess() {}

    /**
     * Returns whether a glob matches a job's full name, or the full name of a folder around it.
     *
     * @param folders the globs; empty for all jobs
     */
    public static boolean covers(List<String> folders, String job) {
        return folders.isEmpty() || folders.stream().anyMatch(glob -> covers(glob, job));
    }

    private static boolean covers(String glob, String job) {
        String[] globNames = names(glob);
        String[] jobNames = job.split("/");
        if (globNames.length == 0 || globNames.length > jobNames.length) {
            return false;
        }
        for (int i = 0; i < globNames.length; i++) {
            if (!Glob.matches(globNames[i], jobNames[i])) {
                return false;
            }
        }
        return true;
    }

    private static String[] names(String glob) {
        return Stream.of(glob.split("/")).filter(name -> !name.isBlank()).toArray(String[]::new);
    }

    static FormValidation checkNamespaces(String value) {
        return Lines.clean(List.of(Util.fixNull(value))).stream()
                .filter(glob -> !NAMESPACE_GLOB.matcher(glob).matches())
                .findFirst()
                .map(glob -> FormValidation.error(Messages.Access_namespace(glob)))
                .orElseGet(FormValidation::ok);
    }

    /** Validates globs of folders. The caller has checked the permission to configure. */
    static FormValidation checkFolders(String value) {
        for (String glob : Lines.clean(List.of(Util.fixNull(value)))) {
            if (names(glob).length == 0) {
                return FormValidation.error(Messages.Access_job(glob));
            }
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    && !Glob.isGlob(glob)
                    && Jenkins.get().getItemByFullName(String.join("/", names(glob))) == null) {
                return FormValidation.warning(Messages.Access_absent(glob));
            }
        }
        return FormValidation.ok();
    }
}
