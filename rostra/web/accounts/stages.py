"""What stands between a right password and the session."""

from typing import Any

from allauth.account.stages import EmailVerificationStage

from rostra.accounts.actions import admit


class ConfirmAddress(EmailVerificationStage):  # type: ignore[misc]  # allauth ships no types
    """Accounts that wait for the confirmation of their address, and no others, have to confirm it.

    Accounts that were imported, or made by `rostra createadmin`, are in without.
    """

    def handle(self) -> tuple[Any, bool]:
        """allauth's hook: an answer instead of the session, or None."""
        user = self.login.user
        if user is not None and user.is_waiting and self.login.email_verification != "mandatory":
            admit(user_id=user.pk)  # the board asks for no confirmation any more
            user.is_waiting = False
        if user is not None and not user.is_waiting and not self.login.signup:
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer
