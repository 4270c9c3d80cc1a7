import { useState } from 'preact/hooks';
import { Field } from '../../components/field.tsx';
import { translate } from '../../translate.ts';
import { ChannelHours } from './channel-hours.tsx';
import { HolidayList } from './holiday-list.tsx';
import { draftOf, tableOf, type HoursDraft, type HoursShown } from './hours-draft.ts';
import { HoursOutlook, type HoursPreview } from './hours-outlook.tsx';
import { OwnedPanel } from './owned-panel.tsx';
import { PreviewView } from './preview-view.tsx';
import { usePreview } from './use-preview.ts';

const PATH = '/api/v1/settings/hours';
const ZONES = Intl.supportedValuesOf('timeZone');

/** When people are there: each channel's week, holidays, the time zone; what that comes to, at any moment. */
export function HoursPanel() {
  return (
    <OwnedPanel<HoursShown, HoursDraft>
      title={translate('hours.title')}
      hint={translate('hours.hint')}
      save={translate('hours.save')}
      path={PATH}
      draftOf={draftOf}
      valueOf={tableOf}
      preview={(draft) => <Preview draft={draft} />}
    >
      {(draft, change) => (
        <>
          <Field label={translate('hours.zone')} hint={translate('hours.zone_hint')}>
            <input
              list="time-zones"
              value={draft.zone}
              onInput={({ currentTarget: { value } }) => change({ ...draft, zone: value })}
            />
          </Field>
          <datalist id="time-zones">
            {ZONES.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          <ChannelHours draft={draft} onChange={change} />
          <HolidayList draft={draft} onChange={change} />
        </>
      )}
    </OwnedPanel>
  );
}

function Preview({ draft }: { draft: HoursDraft }) {
  const [moment, setMoment] = useState('');
  const at = moment === '' ? {} : { at: new Date(moment).toISOString() };
  const loaded = usePreview<HoursPreview>(PATH, { value: tableOf(draft), ...at });
  return (
    <PreviewView
      loaded={loaded}
      fields={
        <Field label={translate('hours.moment')} hint={translate('hours.moment_hint')}>
          <input
            type="datetime-local"
            min="2000-01-01T00:00"
            max="2099-12-30T00:00"
            value={moment}
            onInput={({ currentTarget: { value, validity } }) => validity.valid && setMoment(value)}
          />
        </Field>
      }
    >
      {(preview) => <HoursOutlook preview={preview} />}
    </PreviewView>
  );
}
