/* A consent entered, changed or taken back. */
import { $ } from './desk.js';
import { sending } from './forms.js';

sending($('#consent'), 'save', told => location.assign(told.address));
