"""What happens when, and in what order? A flow reads the clock once, names its steps and fails loudly at the end.

A module has the flow's name (`flows/open_cycle.py` is the deployment `open-cycle`); `FLOWS` is the index.
"""

from flows.assemble_full_assessment import assemble_full_assessment
from flows.assemble_interim_assessment import assemble_interim_assessment
from flows.change_contact import change_contact
from flows.change_deadline import change_deadline
from flows.clear_document import clear_document
from flows.close_cycle import close_cycle
from flows.collect_submissions import collect_submissions
from flows.correct_list import correct_list
from flows.hold import hold
from flows.late_submission import late_submission
from flows.lift_hold import lift_hold
from flows.open_cycle import open_cycle
from flows.preview import preview
from flows.record_determination import record_determination
from flows.record_placement import record_placement
from flows.record_recommendation import record_recommendation
from flows.release_document import release_document
from flows.remind_and_escalate import remind_and_escalate
from flows.reopen_placement import reopen_placement
from flows.request_annual_submissions import request_annual_submissions
from flows.retract_release import retract_release
from flows.send_action_requests import send_action_requests
from flows.settle_split import settle_split
from flows.settle_unknown import settle_unknown
from flows.show_desk import show_desk
from flows.sweep_stuck_runs import sweep_stuck_runs
from flows.tell_coordinator import tell_coordinator
from flows.waive_obligation import waive_obligation
from flows.waive_rule import waive_rule
from flows.watchman import watchman

FLOWS = (
    open_cycle,
    clear_document,
    release_document,
    retract_release,
    change_contact,
    change_deadline,
    waive_obligation,
    waive_rule,
    correct_list,
    hold,
    lift_hold,
    settle_unknown,
    preview,
    send_action_requests,
    remind_and_escalate,
    collect_submissions,
    late_submission,
    assemble_interim_assessment,
    request_annual_submissions,
    record_recommendation,
    settle_split,
    record_placement,
    reopen_placement,
    close_cycle,
    assemble_full_assessment,
    record_determination,
    show_desk,
    tell_coordinator,
    watchman,
    sweep_stuck_runs,
)
