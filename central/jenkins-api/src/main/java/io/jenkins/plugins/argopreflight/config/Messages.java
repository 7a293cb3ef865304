package io.jenkins.plugins.argopreflight.config;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String Access_absent(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Access.absent");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Access_job(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Access.job");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Access_namespace(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Access.namespace");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Account_form() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Account.form");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String ArgoServer_url(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("ArgoServer.url");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Certificates_none() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Certificates.none");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Certificates_unverified() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Certificates.unverified");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Cluster_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Cluster_name() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.name");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Cluster_none(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.none");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Cluster_unknown(Object arg0, Object arg1) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.unknown");
        return new MessageFormat(text).format(new Object[] {arg0, arg1});
    }

    public static String Gates_all() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.all");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_conditional() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.conditional");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_failOnAll() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.failOnAll");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_failOnConditional() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.failOnConditional");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_failOnFailures() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.failOnFailures");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_failOnWarnings() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.failOnWarnings");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_failures() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.failures");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_inherited() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.inherited");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_never() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.never");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_nothing() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.nothing");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_unchecked() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.unchecked");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_warnings() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.warnings");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Host_form(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Host.form");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Monitor_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Monitor.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Namespace_form(Object arg0) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Namespace.form");
        return new MessageFormat(text).format(new Object[] {arg0});
    }

    public static String Registries_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Registries.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Suppression_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Suppression.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Suppression_until() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Suppression.until");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Test_job() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Test.job");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.config.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("displayName");
        return new MessageFormat(text).format(new Object[] {});
    }
}
