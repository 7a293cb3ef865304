package io.jenkins.plugins.argopreflight.step;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String Cluster_onlyConfigured() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.onlyConfigured");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Cluster_precedence() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Cluster.precedence");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String ClusterBlockStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("ClusterBlockStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String DiagnoseStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("DiagnoseStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String Gates_inherited() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("Gates.inherited");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String PreflightStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("PreflightStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String RegistryLogin_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("RegistryLogin.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String RegistrySecretBlockStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("RegistrySecretBlockStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String RegistrySecretStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("RegistrySecretStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }

    public static String SubmitStep_displayName() {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.step.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString("SubmitStep.displayName");
        return new MessageFormat(text).format(new Object[] {});
    }
}
