"""An agent in ten lines: honest, and content with any gain by its own view."""

from comity.agreement import Decision


class Fair:
    def report(self, context):
        return context.model

    def respond(self, context, proposal):
        gain = context.gain(proposal.solution.play)
        return Decision(context.name, gain > 0, (f"It gains me {gain:.3g}.",))

    def act(self, context, play):
        return "comply"
