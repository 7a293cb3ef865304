package io.jenkins.plugins.argopreflight.action;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/** What Jenkins' localizer generates from Messages.properties. */
public class Messages {

    private Messages() {}

    public static String BuildReports_earlierSucceeded(Object arg0) {
        return format("BuildReports.earlierSucceeded", arg0);
    }

    public static String BuildReports_lastSucceeded(Object arg0) {
        return format("BuildReports.lastSucceeded", arg0);
    }

    public static String FindingRow_pods(Object arg0, Object arg1) {
        return format("FindingRow.pods", arg0, arg1);
    }

    public static String Group_fail(Object arg0) {
        return format("Group.fail", arg0);
    }

    public static String Group_note(Object arg0) {
        return format("Group.note", arg0);
    }

    public static String Group_unknown(Object arg0) {
        return format("Group.unknown", arg0);
    }

    public static String Group_warn(Object arg0) {
        return format("Group.warn", arg0);
    }

    public static String NodeLines_more(Object arg0) {
        return format("NodeLines.more", arg0);
    }

    public static String PreflightReportAction_badge(Object arg0) {
        return format("PreflightReportAction.badge", arg0);
    }

    public static String PreflightReportAction_failures(Object arg0) {
        return format("PreflightReportAction.failures", arg0);
    }

    public static String PreflightReportAction_new(Object arg0) {
        return format("PreflightReportAction.new", arg0);
    }

    public static String PreflightReportAction_nothing() {
        return format("PreflightReportAction.nothing");
    }

    public static String PreflightReportAction_unknown(Object arg0) {
        return format("PreflightReportAction.unknown", arg0);
    }

    public static String PreflightReportAction_warnings(Object arg0) {
        return format("PreflightReportAction.warnings", arg0);
    }

    public static String ReportStore_missing(Object arg0) {
        return format("ReportStore.missing", arg0);
    }

    public static String ReportStore_unreadable(Object arg0, Object arg1) {
        return format("ReportStore.unreadable", arg0, arg1);
    }

    public static String SecretsAction_badge(Object arg0) {
        return format("SecretsAction.badge", arg0);
    }

    public static String SecretsAction_displayName() {
        return format("SecretsAction.displayName");
    }

    public static String SecretsStore_unreadable(Object arg0) {
        return format("SecretsStore.unreadable", arg0);
    }

    public static String TrendChart_bar(Object arg0, Object arg1, Object arg2, Object arg3) {
        return format("TrendChart.bar", arg0, arg1, arg2, arg3);
    }

    public static String WorkflowsAction_all(Object arg0) {
        return format("WorkflowsAction.all", arg0);
    }

    public static String WorkflowsAction_displayName() {
        return format("WorkflowsAction.displayName");
    }

    public static String WorkflowsAction_failed(Object arg0, Object arg1) {
        return format("WorkflowsAction.failed", arg0, arg1);
    }

    public static String WorkflowsAction_hang(Object arg0, Object arg1) {
        return format("WorkflowsAction.hang", arg0, arg1);
    }

    public static String WorkflowsAction_more(Object arg0) {
        return format("WorkflowsAction.more", arg0);
    }

    public static String WorkflowsAction_noLog() {
        return format("WorkflowsAction.noLog");
    }

    public static String WorkflowsAction_noPhase() {
        return format("WorkflowsAction.noPhase");
    }

    public static String WorkflowsStore_unreadable(Object arg0) {
        return format("WorkflowsStore.unreadable", arg0);
    }

    public static String displayName() {
        return format("displayName");
    }

    private static String format(String key, Object... arguments) {
        String text = ResourceBundle.getBundle(
                        "io.jenkins.plugins.argopreflight.action.Messages",
                        ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .getString(key);
        return new MessageFormat(text).format(arguments);
    }
}
